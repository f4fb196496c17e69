# livery_library(NAME core_db SOURCES a.cpp … TESTS a_test.cpp … LINK libs… [TEST_LINK libs…] [TEST_LABEL unit]
#                [CONCURRENT])
#
# A static library of the host (target `livery_<NAME>`) and, beside it, one test program
# (`<NAME>_test`), known to ctest by its name. Include root of the host is `core/`.
function(livery_library)
  cmake_parse_arguments(ARG "CONCURRENT" "NAME;TEST_LABEL" "SOURCES;TESTS;LINK;TEST_LINK" ${ARGN})
  if(ARG_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "livery_library(${ARG_NAME}): unknown arguments ${ARG_UNPARSED_ARGUMENTS}")
  endif()
  set(target livery_${ARG_NAME})
  add_library(${target} STATIC ${ARG_SOURCES})
  target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR}/core)
  target_link_libraries(${target} PUBLIC livery_sdk ${ARG_LINK} PRIVATE livery_warnings)
  if(LIVERY_TESTS AND ARG_TESTS)
    if(ARG_CONCURRENT)
      set(concurrent CONCURRENT)
    endif()
    livery_test(NAME ${ARG_NAME}_test SOURCES ${ARG_TESTS} LINK ${target} ${ARG_TEST_LINK}
                LABEL ${ARG_TEST_LABEL} ${concurrent})
  endif()
endfunction()

# livery_failpoints(target): what it passes of sdk/include/livery/failpoint.h is compiled in, where there are tests.
function(livery_failpoints target)
  if(LIVERY_FAILPOINTS)
    target_compile_definitions(${target} PRIVATE LIVERY_FAILPOINTS)
  endif()
endfunction()

# Built by the preset tsan: every suite in which threads meet.
add_custom_target(concurrency_suites)

# livery_test(NAME x_test SOURCES … LINK … [LABEL unit] [CONCURRENT]): a GoogleTest program known to
# ctest as a whole (`x_test --gtest_filter=…` runs a part): cases share what is dear to start, a MariaDB above all.
# CONCURRENT: threads meet in it, so the preset tsan runs it too, under the label `concurrency`.
function(livery_test)
  cmake_parse_arguments(ARG "CONCURRENT" "NAME;LABEL" "SOURCES;LINK" ${ARGN})
  if(NOT ARG_LABEL)
    set(ARG_LABEL unit)
  endif()
  if(ARG_CONCURRENT AND LIVERY_SANITIZE MATCHES "thread")
    set(ARG_LABEL concurrency)
  endif()
  find_package(GTest REQUIRED)
  add_executable(${ARG_NAME} ${ARG_SOURCES})
  target_link_libraries(${ARG_NAME} PRIVATE ${ARG_LINK} GTest::gtest GTest::gmock GTest::gtest_main
                        livery_warnings)
  if(ARG_CONCURRENT)
    add_dependencies(concurrency_suites ${ARG_NAME})
  endif()
  target_compile_definitions(${ARG_NAME} PRIVATE LIVERY_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
                             LIVERY_BINARY_DIR="${PROJECT_BINARY_DIR}")
  add_test(NAME ${ARG_NAME} COMMAND ${ARG_NAME})
  set_tests_properties(${ARG_NAME} PROPERTIES LABELS ${ARG_LABEL} TIMEOUT 900)
endfunction()
