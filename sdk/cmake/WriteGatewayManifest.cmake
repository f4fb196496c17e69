# cmake -DDESCRIBE=program -DOUTPUT=file -P this: the manifest that the program prints, as a source
# that puts it into its section.
set(ENV{ASAN_OPTIONS} "detect_leaks=0:$ENV{ASAN_OPTIONS}")  # where a sandbox allows no tracing, looking for leaks fails
execute_process(COMMAND ${DESCRIBE} OUTPUT_VARIABLE manifest RESULT_VARIABLE failed)
if(failed)
  message(FATAL_ERROR "${DESCRIBE} did not say what it is: ${failed}")
endif()
# Nothing refers to it: it must outlive a linker that throws away what nobody needs.
file(WRITE ${OUTPUT} "#if defined(__has_attribute)
#if __has_attribute(retain)
#define LIVERY_RETAIN retain,
#endif
#endif
#if !defined(LIVERY_RETAIN)
#define LIVERY_RETAIN
#endif
extern \"C\" const char livery_gateway_manifest[]
    __attribute__((section(\".livery.manifest\"), LIVERY_RETAIN used, visibility(\"hidden\"))) =
    R\"livery-json(${manifest})livery-json\";
")
