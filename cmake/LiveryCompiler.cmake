# Compiler settings that every target shares: C++20, warnings, hardening, sanitizers, fast links.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()
find_program(MOLD_PROGRAM mold)
if(MOLD_PROGRAM)
  add_link_options(-fuse-ld=mold)
endif()

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options(--param=ggc-min-heapsize=524288)  # KiB: GCC collects its garbage at 128 MiB otherwise, and finds little
endif()
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")
set(CMAKE_CXX_FLAGS_DEBUG "-Og -g1 -fno-omit-frame-pointer")
add_compile_definitions(_GLIBCXX_ASSERTIONS)
add_compile_options(-fstack-protector-strong -fcf-protection)
add_link_options(-Wl,-z,relro,-z,now)
if(LIVERY_SANITIZE)
  add_compile_options(-fsanitize=${LIVERY_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${LIVERY_SANITIZE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND LIVERY_SANITIZE MATCHES "undefined")
    # A quarter of the compiler's time. What is lost: a null reference that nobody uses (ASan stops at one that is
    # used), an odd address, which x86-64 takes, and sizes of objects, of which -O1 knows few. Clang's fuzzers keep them.
    add_compile_options(-fno-sanitize=null,alignment,object-size)
  endif()
  if(LIVERY_SANITIZE MATCHES "address")
    # In every program; what is loaded into one has no say.
    add_library(livery_sanitizer_defaults OBJECT ${PROJECT_SOURCE_DIR}/cmake/sanitizer_defaults.cpp)
    target_compile_options(livery_sanitizer_defaults PRIVATE -fno-sanitize=all)
    link_libraries($<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>:$<TARGET_OBJECTS:livery_sanitizer_defaults>>)
  endif()
else()
  add_compile_options($<$<CONFIG:Release>:-D_FORTIFY_SOURCE=2>)
endif()

add_library(livery_warnings INTERFACE)
target_compile_options(livery_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor -Wno-missing-field-initializers -Werror=unused-result
  $<$<BOOL:${LIVERY_WERROR}>:-Werror>
  # GCC 12 sees these where there is nothing (std::string and std::variant at -O2, GCC bug 105651).
  $<$<CONFIG:Release>:-Wno-restrict -Wno-maybe-uninitialized>)
