# Run by `cmake --install`, with KIT: the kit's programs. What they are linked with comes along in lib/livery, where they
# look (conformance/CMakeLists.txt), each with its licence: who writes a gateway needs a C++17 compiler, CMake and the
# package. Left to the machine are the C and C++ libraries and those of sanitizers, which are the compiler's own.
file(GET_RUNTIME_DEPENDENCIES EXECUTABLES ${KIT}
  RESOLVED_DEPENDENCIES_VAR libraries UNRESOLVED_DEPENDENCIES_VAR missing
  POST_EXCLUDE_REGEXES "/lib(c|m|dl|rt|pthread|resolv|stdc\\+\\+|gcc_s|asan|ubsan|tsan)\\.so" "/ld-linux" "/liblivery-sdk\\.so")
if(missing)
  message(FATAL_ERROR "The kit's programs are linked with ${missing}, which are not there: install them and try again.")
endif()
foreach(library ${libraries})
  file(INSTALL ${library} DESTINATION ${CMAKE_INSTALL_PREFIX}/lib/livery TYPE SHARED_LIBRARY FOLLOW_SYMLINK_CHAIN)
  file(REAL_PATH ${library} file)
  get_filename_component(name ${file} NAME)
  execute_process(COMMAND dpkg-query --search "*/${name}" OUTPUT_VARIABLE owners ERROR_QUIET RESULT_VARIABLE unknown)
  string(REGEX MATCH "^[^:,]+" package "${owners}")
  if(unknown OR NOT EXISTS /usr/share/doc/${package}/copyright)
    message(FATAL_ERROR "The licence of ${file} was not found; without it the library may not be handed on.")
  endif()
  file(REAL_PATH /usr/share/doc/${package}/copyright licence)
  file(INSTALL ${licence} DESTINATION ${CMAKE_INSTALL_PREFIX}/share/doc/livery/licences TYPE FILE RENAME ${package}.txt)
endforeach()
