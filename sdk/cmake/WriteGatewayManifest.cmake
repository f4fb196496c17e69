# cmake -DDESCRIBE=program -DOUTPUT=file -P this: the manifest that the program prints, as a source
# that puts it into its section.
execute_process(COMMAND ${DESCRIBE} OUTPUT_VARIABLE manifest RESULT_VARIABLE failed)
if(failed)
  message(FATAL_ERROR "${DESCRIBE} did not say what it is: ${failed}")
endif()
file(WRITE ${OUTPUT} "extern \"C\" const char livery_gateway_manifest[]
    __attribute__((section(\".livery.manifest\"), used, visibility(\"hidden\"))) =
    R\"livery-json(${manifest})livery-json\";
")
