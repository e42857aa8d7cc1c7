# Finds libpg_query and defines PgQuery::PgQuery. Its generated header includes <protobuf-c/protobuf-c.h>, but the
# code of protobuf-c is inside libpg_query: libprotobuf-c must not be linked as well.
find_path(PgQuery_INCLUDE_DIR pg_query.h)
find_path(PgQuery_PROTOBUF_INCLUDE_DIR protobuf-c/protobuf-c.h)
# The archive first: the dynamic linker's work for the library is half of what it takes to start.
find_library(PgQuery_LIBRARY NAMES libpg_query.a pg_query)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(PgQuery REQUIRED_VARS PgQuery_LIBRARY PgQuery_INCLUDE_DIR
  PgQuery_PROTOBUF_INCLUDE_DIR)
if(PgQuery_FOUND AND NOT TARGET PgQuery::PgQuery)
  add_library(PgQuery::PgQuery UNKNOWN IMPORTED GLOBAL)
  set_target_properties(PgQuery::PgQuery PROPERTIES
    IMPORTED_LOCATION "${PgQuery_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${PgQuery_INCLUDE_DIR};${PgQuery_PROTOBUF_INCLUDE_DIR}")
endif()
