# C from SQL as a step of a CMake build.
#
#   include(QuercGenerate)
#   querc_generate(TARGET [CONFIG sqlc.yaml] [OUTPUT_DIR dir] [JSON])
#
# builds the static library TARGET from everything that the configuration (default: sqlc.yaml of the current source
# folder) generates. The files go below OUTPUT_DIR, by default the current binary folder, under the configuration's
# `out`, whose folder becomes the target's public include directory. The step runs again when a migration, a query
# file or the configuration changes; a new query file is noticed at the next run of CMake.
#
# JSON: the configuration has emit_json, so that libquerc_json is linked too.
#
# The variable QUERC names the compiler (default: querc in PATH); linking needs libquerc, found by pkg-config.

find_program(QUERC querc DOC "The querc compiler")
find_package(PkgConfig REQUIRED)
pkg_check_modules(QUERC_RUNTIME REQUIRED IMPORTED_TARGET querc)

function(querc_generate TARGET)
  cmake_parse_arguments(ARG "JSON" "CONFIG;OUTPUT_DIR" "" ${ARGN})
  if(NOT ARG_CONFIG)
    set(ARG_CONFIG sqlc.yaml)
  endif()
  if(NOT ARG_OUTPUT_DIR)
    set(ARG_OUTPUT_DIR ${CMAKE_CURRENT_BINARY_DIR})
  endif()
  get_filename_component(config ${ARG_CONFIG} ABSOLUTE BASE_DIR ${CMAKE_CURRENT_SOURCE_DIR})
  execute_process(
    COMMAND ${QUERC} generate --list-outputs -f ${config} --output-dir ${ARG_OUTPUT_DIR}
    OUTPUT_VARIABLE outputs OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  string(REPLACE "\n" ";" outputs "${outputs}")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${config})
  set(depfile ${CMAKE_CURRENT_BINARY_DIR}/${TARGET}.querc.d)
  # An output whose content stays as it is keeps its time stamp. Ninja knows such steps; make would run this one again
  # and again.
  set(touch)
  if(CMAKE_GENERATOR MATCHES "Makefiles")
    set(touch COMMAND ${CMAKE_COMMAND} -E touch_nocreate ${outputs})
  endif()
  add_custom_command(
    OUTPUT ${outputs}
    COMMAND ${QUERC} generate -f ${config} --output-dir ${ARG_OUTPUT_DIR} --depfile ${depfile}
    ${touch}
    DEPENDS ${config}
    DEPFILE ${depfile}
    COMMENT "Generating C from SQL (${ARG_CONFIG})"
    VERBATIM)
  add_library(${TARGET} STATIC ${outputs})
  list(GET outputs 0 first)
  get_filename_component(folder ${first} DIRECTORY)
  target_include_directories(${TARGET} PUBLIC ${folder})
  target_link_libraries(${TARGET} PUBLIC PkgConfig::QUERC_RUNTIME)
  if(ARG_JSON)
    pkg_check_modules(QUERC_JSON REQUIRED IMPORTED_TARGET GLOBAL querc_json)
    target_link_libraries(${TARGET} PUBLIC PkgConfig::QUERC_JSON)
  endif()
endfunction()
