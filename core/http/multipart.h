#pragma once

#include <string_view>
#include <vector>

#include <livery/http/params.h>
#include <livery/http/request.h>

#include "http/limits.h"
#include "http/refusal.h"

namespace livery::http {

struct MultipartForm {
    Params fields;
    std::vector<UploadedFile> files;
};

// A multipart/form-data body (RFC 7578). `content_type` is the header's whole value. A part with
// a file name is a file, its name cut to the base name; a file input left empty is no file.
// Refused with 400: no or bad boundary, anything before the first boundary, a missing final
// boundary, a part without a name, a field or a name that is not UTF-8, more than the limits
// allow. `filename*` is ignored (RFC 7578 section 4.2). Pure.
Decoded<MultipartForm> DecodeMultipart(std::string_view content_type, std::string_view body,
                                       const Limits& limits);

}  // namespace livery::http
