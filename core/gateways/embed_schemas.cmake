# cmake -DFOLDER=… -DOUTPUT=… -P this: the JSON files of a folder as a source, so that a program holds the very
# messages that are published.
file(GLOB files ${FOLDER}/*.json)
list(SORT files)
set(source "#include \"gateways/message_book.h\"\n\nnamespace livery::gateways {\n\nconst std::map<std::string, std::string>& PublishedMessages() {\n    static const std::map<std::string, std::string> kTexts{\n")
foreach(file ${files})
  get_filename_component(name ${file} NAME_WLE)
  file(READ ${file} text)
  string(APPEND source "{\"${name}\", R\"livery-json(${text})livery-json\"},\n")
endforeach()
string(APPEND source "};\n    return kTexts;\n}\n\n}  // namespace livery::gateways\n")
file(WRITE ${OUTPUT} "${source}")
