# How a folder of sources becomes a CMake target with enforced dependencies.
#
#   querc_module(NAME SOURCES a.c b.c [DEPENDS base ...] [LIBRARIES ext ...])
#
# builds the static library querc_NAME from the current folder. Its headers are included as
# "NAME/header.h", and only by targets that declare NAME in DEPENDS: each module's folder is visible
# through a directory of its own in the build tree that holds nothing but a link to it. A second target,
# link_NAME, links every object of the module with nothing but its declared dependencies.
#
#   querc_test(NAME SOURCES test_a.c [DEPENDS base ...] [LIBRARIES ext ...])
#
# builds and registers the check(3) test programme NAME.
#
#   querc_fuzz(NAME SOURCES fuzz_a.c [DEPENDS base ...])
#
# with QUERC_FUZZ (clang only) builds the libFuzzer programme NAME: run it with a folder to keep its corpus in.

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)

add_library(querc_flags INTERFACE)
target_compile_options(querc_flags INTERFACE -Wall -Wextra -Wshadow -Wconversion -Wmissing-prototypes
  -Wstrict-prototypes -Wswitch-enum -Wno-error=deprecated-declarations)
if(QUERC_WERROR)
  target_compile_options(querc_flags INTERFACE -Werror)
endif()
target_compile_definitions(querc_flags INTERFACE _POSIX_C_SOURCE=200809L)
if(QUERC_SANITIZE)
  target_compile_options(querc_flags INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=all
    -fno-omit-frame-pointer)
  target_link_options(querc_flags INTERFACE -fsanitize=address,undefined)
endif()
if(QUERC_SANITIZE_THREADS)
  target_compile_options(querc_flags INTERFACE -fsanitize=thread)
  target_link_options(querc_flags INTERFACE -fsanitize=thread)
endif()
if(QUERC_FUZZ)
  target_compile_options(querc_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

function(querc_module NAME)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;LIBRARIES" ${ARGN})
  set(view ${CMAKE_BINARY_DIR}/include/${NAME})
  file(MAKE_DIRECTORY ${view})
  file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR} ${view}/${NAME} SYMBOLIC)
  add_library(querc_${NAME} STATIC ${ARG_SOURCES})
  target_include_directories(querc_${NAME} PUBLIC ${view})
  target_link_libraries(querc_${NAME} PRIVATE querc_flags PUBLIC ${ARG_LIBRARIES})
  foreach(dependency IN LISTS ARG_DEPENDS)
    target_link_libraries(querc_${NAME} PUBLIC querc_${dependency})
  endforeach()
  if(QUERC_TESTS)
    file(WRITE ${CMAKE_BINARY_DIR}/link/main.c "int main(void) { return 0; }\n")
    add_executable(link_${NAME} ${CMAKE_BINARY_DIR}/link/main.c)
    target_link_libraries(link_${NAME} PRIVATE querc_flags $<LINK_LIBRARY:WHOLE_ARCHIVE,querc_${NAME}>)
  endif()
endfunction()

function(querc_test NAME)
  if(NOT QUERC_TESTS)
    return()
  endif()
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;LIBRARIES" ${ARGN})
  add_executable(${NAME} ${ARG_SOURCES})
  target_link_libraries(${NAME} PRIVATE querc_flags PkgConfig::CHECK ${ARG_LIBRARIES})
  foreach(dependency IN LISTS ARG_DEPENDS)
    target_link_libraries(${NAME} PRIVATE querc_${dependency})
  endforeach()
  target_compile_definitions(${NAME} PRIVATE QUERC_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
    QUERC_BINARY_DIR="${PROJECT_BINARY_DIR}")
  add_test(NAME ${NAME} COMMAND ${NAME})
endfunction()

function(querc_fuzz NAME)
  if(NOT QUERC_FUZZ)
    return()
  endif()
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS" ${ARGN})
  add_executable(${NAME} ${ARG_SOURCES})
  target_link_libraries(${NAME} PRIVATE querc_flags)
  foreach(dependency IN LISTS ARG_DEPENDS)
    target_link_libraries(${NAME} PRIVATE querc_${dependency})
  endforeach()
  target_link_options(${NAME} PRIVATE -fsanitize=fuzzer)
endfunction()

if(QUERC_TESTS)
  pkg_check_modules(CHECK REQUIRED IMPORTED_TARGET check)
endif()
