#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <livery/ports/document.h>

namespace livery::pdf {

// How documents and answers look between the host and its worker: lengths of four bytes before
// texts and lists, numbers in eight, little-endian. Both ends are of one build, so there is no
// version. Pure; the decoders return nullopt for whatever was not encoded here.
std::string EncodeDocument(const Document& document);
std::optional<Document> DecodeDocument(std::string_view bytes);

std::string EncodeAnswer(const Result<std::string>& answer);
std::optional<Result<std::string>> DecodeAnswer(std::string_view bytes);

}  // namespace livery::pdf
