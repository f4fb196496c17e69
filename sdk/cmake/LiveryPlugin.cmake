# add_livery_plugin(NAME id VERSION 1.0.0 SOURCES … [TESTS …] [REQUIRES plugin…] [PROVIDES port…])
#
# A feature plugin of the native tier, from the current folder:
#   livery_plugin_<id>_code   static library of SOURCES, what its tests link
#   livery_plugin_<id>        <build>/plugins/<id>/<id>.so from plugin.cpp and that library, exporting
#                             livery_plugin_entry and nothing else
# templates/, locale/ and migrations/ are linked beside the module, where the host finds them.

# The hash that host and plugin must share: every SDK header, the compiler, the flags.
# Not those of gateways, which are built apart and by others.
file(GLOB_RECURSE livery_sdk_headers CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/../include/livery/*)
list(FILTER livery_sdk_headers EXCLUDE REGEX "/livery/gateway/")
set(livery_sdk_text "${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION} ${CMAKE_BUILD_TYPE} ${LIVERY_SANITIZE}")
foreach(header ${livery_sdk_headers})
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${header})
  file(SHA256 ${header} header_hash)
  string(APPEND livery_sdk_text " ${header_hash}")
endforeach()
string(SHA256 livery_sdk_text "${livery_sdk_text}")
string(SUBSTRING ${livery_sdk_text} 0 16 LIVERY_SDK_HASH)

set(LIVERY_PLUGIN_EXPORTS ${CMAKE_CURRENT_LIST_DIR}/plugin_exports.map)

# One JSON array from a CMake list.
function(livery_json_array out)
  set(items "")
  foreach(item ${ARGN})
    list(APPEND items "\"${item}\"")
  endforeach()
  list(JOIN items "," joined)
  set(${out} "[${joined}]" PARENT_SCOPE)
endfunction()

function(add_livery_plugin)
  cmake_parse_arguments(ARG "ALLOW_UNDEFINED" "NAME;VERSION;SDK_HASH" "SOURCES;TESTS;REQUIRES;PROVIDES;ENTRY" ${ARGN})
  if(ARG_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "add_livery_plugin(${ARG_NAME}): unknown arguments ${ARG_UNPARSED_ARGUMENTS}")
  endif()
  if(NOT ARG_ENTRY)
    set(ARG_ENTRY plugin.cpp)
  endif()
  if(NOT ARG_SDK_HASH)
    set(ARG_SDK_HASH ${LIVERY_SDK_HASH})
  endif()
  set(module livery_plugin_${ARG_NAME})
  set(code ${module}_code)
  set(folder ${PROJECT_BINARY_DIR}/plugins/${ARG_NAME})

  add_library(${module} MODULE ${ARG_ENTRY})
  target_include_directories(${module} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  target_link_libraries(${module} PRIVATE livery_sdk livery_warnings)
  # Also what the standard library's templates would export from each plugin anew.
  target_link_options(${module} PRIVATE -Wl,--exclude-libs,ALL
                      -Wl,--version-script=${LIVERY_PLUGIN_EXPORTS})
  if(NOT LIVERY_SANITIZE AND NOT ARG_ALLOW_UNDEFINED)
    target_link_options(${module} PRIVATE -Wl,--no-undefined)
  endif()
  set_target_properties(${module} PROPERTIES PREFIX "" OUTPUT_NAME ${ARG_NAME} LIBRARY_OUTPUT_DIRECTORY ${folder})

  livery_json_array(requires ${ARG_REQUIRES})
  livery_json_array(provides ${ARG_PROVIDES})
  set(manifest "{\"id\":\"${ARG_NAME}\",\"version\":\"${ARG_VERSION}\",\"tier\":\"native\",\"sdk\":\"${ARG_SDK_HASH}\",\"requires\":${requires},\"provides\":${provides}}")
  file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${ARG_NAME}_manifest/livery_plugin_manifest.h
       CONTENT "#pragma once\n#define LIVERY_PLUGIN_MANIFEST R\"json(@manifest@)json\"\n" @ONLY)
  target_compile_options(${module} PRIVATE -include ${CMAKE_CURRENT_BINARY_DIR}/${ARG_NAME}_manifest/livery_plugin_manifest.h)

  if(ARG_SOURCES)
    add_library(${code} STATIC ${ARG_SOURCES})
    target_include_directories(${code} PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
    target_link_libraries(${code} PUBLIC livery_sdk PRIVATE livery_warnings)
    target_link_libraries(${module} PRIVATE ${code})
    if(LIVERY_TESTS AND ARG_TESTS)
      livery_test(NAME ${ARG_NAME}_test SOURCES ${ARG_TESTS} LINK ${code} LABEL unit)
    endif()
  endif()
  foreach(part templates locale migrations)
    if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${part})
      file(MAKE_DIRECTORY ${folder})
      file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR}/${part} ${folder}/${part} SYMBOLIC)
    endif()
  endforeach()
endfunction()
