// Bodies of forms. An input whose first line begins with "multipart/" is that Content-Type and its
// body; any other input is an urlencoded body.

#include <algorithm>

#include "http/form.h"
#include "http/multipart.h"
#include "http/syntax.h"
#include "params.h"
#include "require.h"

namespace livery::fuzz {
namespace {

// A quoted string cannot end with a backslash in this grammar, a bare word can.
std::string Quote(std::string_view text) {
    if (text.ends_with('\\')) return std::string(text);
    std::string quoted = "\"";
    for (const char c : text) quoted += c == '"' ? std::string("\\\"") : std::string(1, c);
    return quoted + '"';
}

std::string BoundaryNotIn(std::string_view body) {
    std::string boundary = "b";
    while (body.find(boundary) != std::string_view::npos && boundary.size() < 70) boundary += 'b';
    return boundary;
}

std::string Encode(const http::MultipartForm& form, const std::string& boundary) {
    std::string body;
    for (const auto& [name, value] : form.fields) {
        body += "--" + boundary + "\r\nContent-Disposition: form-data; name=" + Quote(name) +
                "\r\n\r\n" + value + "\r\n";
    }
    for (const UploadedFile& file : form.files) {
        body += "--" + boundary + "\r\nContent-Disposition: form-data; name=" + Quote(file.field) +
                "; filename=" + Quote(file.name) + "\r\nContent-Type: " + file.content_type +
                "\r\n\r\n" + file.content + "\r\n";
    }
    return body + "--" + boundary + "--\r\n";
}

bool Same(const UploadedFile& a, const UploadedFile& b) {
    return a.field == b.field && a.name == b.name && a.content_type == b.content_type &&
           a.content == b.content;
}

void RequireFiles(const http::MultipartForm& form, const http::Limits& limits) {
    Require(form.files.size() <= limits.files, "no more files than allowed");
    for (const UploadedFile& file : form.files) {
        Require(file.name.find_first_of("/\\") == std::string::npos && file.name != "." &&
                    file.name != ".." && !HasControl(file.name),
                "a file name is a base name");
        Require(IsUtf8(file.name) && IsUtf8(file.field), "names are UTF-8");
        Require(file.field.size() <= limits.field_name, "no longer name than allowed");
        Require(http::IsFieldValue(file.content_type), "a content type is a header value");
    }
}

void CheckMultipart(std::string_view type, std::string_view body, const http::Limits& limits) {
    const auto form = http::DecodeMultipart(type, body, limits);
    if (!form) return;
    RequireDecoded(form->fields, limits);
    RequireFiles(*form, limits);
    // An empty file without a name is left out, by contract.
    const std::string boundary = BoundaryNotIn(body);
    if (boundary.size() == 70) return;
    http::Limits roomy = limits;
    roomy.part_head += 1024;  // quoting adds to what came
    const auto again = http::DecodeMultipart("multipart/form-data; boundary=" + boundary,
                                             Encode(*form, boundary), roomy);
    if (form->fields.empty() && form->files.empty()) return;
    Require(again && SameParams(again->fields, form->fields), "fields decode as encoded");
    const bool empty_file = std::any_of(
        form->files.begin(), form->files.end(),
        [](const UploadedFile& file) { return file.name.empty() && file.content.empty(); });
    Require(empty_file || std::equal(form->files.begin(), form->files.end(), again->files.begin(),
                                     again->files.end(), Same),
            "files decode as encoded");
}

void CheckForm(std::string_view text, const http::Limits& limits) {
    const auto form = http::DecodeForm(text, limits);
    if (!form) return;
    RequireDecoded(*form, limits);
    const auto again = http::DecodeForm(EncodeForm(*form), limits);
    Require(again && SameParams(*again, *form), "a form decodes as encoded");
}

http::Limits SmallLimits() {
    http::Limits limits;
    limits.fields = 3;
    limits.field_name = 8;
    limits.files = 2;
    limits.part_head = 64;
    return limits;
}

}  // namespace
}  // namespace livery::fuzz

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    namespace fuzz = livery::fuzz;
    namespace http = livery::http;
    const std::string_view input = fuzz::TextOf(data, size);
    const std::size_t line_end = input.find("\r\n");
    for (const http::Limits& limits : {http::Limits{}, fuzz::SmallLimits()}) {
        if (input.starts_with("multipart/") && line_end != std::string_view::npos) {
            fuzz::CheckMultipart(input.substr(0, line_end), input.substr(line_end + 2), limits);
        } else {
            fuzz::CheckForm(input, limits);
        }
    }
    return 0;
}
