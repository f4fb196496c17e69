# livery_add_gateway(NAME SOURCES a.cpp …)
#
# A gateway of the portable tier: <NAME>.so, exporting its entry and nothing else, with its manifest
# in a section of its own. The manifest is what the gateway's Describe() says: what the sources are
# compiled to (the target <NAME>_objects) is first linked to a program that prints it.

function(livery_add_gateway name)
  cmake_parse_arguments(ARG "" "OUTPUT_FOLDER" "SOURCES" ${ARGN})
  if(ARG_UNPARSED_ARGUMENTS OR NOT ARG_SOURCES)
    message(FATAL_ERROR "livery_add_gateway(${name} SOURCES a.cpp …): what is ${ARG_UNPARSED_ARGUMENTS}?")
  endif()
  # Compiled once, for the gateway, for who prints its manifest and for its test: the compiler is what takes time here.
  add_library(${name}_objects OBJECT ${ARG_SOURCES})
  set_target_properties(${name}_objects PROPERTIES POSITION_INDEPENDENT_CODE ON)
  target_link_libraries(${name}_objects PUBLIC Livery::Gateway)
  target_compile_options(${name}_objects PRIVATE -fvisibility=hidden -fvisibility-inlines-hidden
                         $<$<CXX_COMPILER_ID:GNU>:-fno-gnu-unique>)
  add_executable(${name}_describe ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/describe_gateway.cpp $<TARGET_OBJECTS:${name}_objects>)

  set(manifest ${CMAKE_CURRENT_BINARY_DIR}/${name}_manifest.cpp)
  add_custom_command(OUTPUT ${manifest}
    COMMAND ${CMAKE_COMMAND} -DDESCRIBE=$<TARGET_FILE:${name}_describe> -DOUTPUT=${manifest}
            -P ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/WriteGatewayManifest.cmake
    DEPENDS ${name}_describe ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/WriteGatewayManifest.cmake VERBATIM)

  add_library(${name} MODULE ${manifest} $<TARGET_OBJECTS:${name}_objects>)
  target_link_options(${name} PRIVATE -Wl,-z,now -Wl,--exclude-libs,ALL
                      -Wl,--version-script=${CMAKE_CURRENT_FUNCTION_LIST_DIR}/gateway_exports.map)
  set_target_properties(${name} PROPERTIES PREFIX "")
  if(ARG_OUTPUT_FOLDER)
    set_target_properties(${name} PROPERTIES LIBRARY_OUTPUT_DIRECTORY ${ARG_OUTPUT_FOLDER})
  endif()
endfunction()

# livery_test_gateway(NAME SOURCES test.cpp…)
#
# A test NAME.test: a program of these sources (livery/gateway/testing.hpp) and of what the gateway NAME is made of, as it is
# compiled for that one. It passes when it ends with 0.
function(livery_test_gateway name)
  cmake_parse_arguments(ARG "" "" "SOURCES" ${ARGN})
  if(ARG_UNPARSED_ARGUMENTS OR NOT ARG_SOURCES)
    message(FATAL_ERROR "livery_test_gateway(${name} SOURCES a.cpp …): what is ${ARG_UNPARSED_ARGUMENTS}?")
  endif()
  add_executable(${name}_test ${ARG_SOURCES} $<TARGET_OBJECTS:${name}_objects>)
  target_link_libraries(${name}_test PRIVATE Livery::Gateway)
  add_test(NAME ${name}.test COMMAND ${name}_test)
endfunction()

# livery_certify_gateway(NAME DOUBLE double.cpp…)
#
# A test NAME.certify: the conformance kit tries the gateway NAME against the double, a program made of these sources
# (livery/gateway/double.hpp). Report and certificate lie beside the gateway afterwards.
function(livery_certify_gateway name)
  cmake_parse_arguments(ARG "" "" "DOUBLE" ${ARGN})
  if(ARG_UNPARSED_ARGUMENTS OR NOT ARG_DOUBLE)
    message(FATAL_ERROR "livery_certify_gateway(${name} DOUBLE a.cpp …): what is ${ARG_UNPARSED_ARGUMENTS}?")
  endif()
  find_package(Threads REQUIRED)
  add_executable(${name}_double ${ARG_DOUBLE})
  target_link_libraries(${name}_double PRIVATE Livery::Gateway Threads::Threads)
  add_test(NAME ${name}.certify
    COMMAND Livery::Certify $<TARGET_FILE:${name}> --double $<TARGET_FILE:${name}_double>
            --json $<TARGET_FILE_DIR:${name}>/${name}.json --html $<TARGET_FILE_DIR:${name}>/${name}.html)
endfunction()
