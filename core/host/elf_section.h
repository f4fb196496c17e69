#pragma once

#include <string>
#include <string_view>

#include <livery/result.h>

namespace livery::host {

// The bytes of a named section of an ELF64 file of this machine; every offset is checked against
// the file's size. Errors (kInvalidArgument) end a sentence that begins with the file's name.
Result<std::string> ReadElfSection(std::string_view file_bytes, std::string_view section);

}  // namespace livery::host
