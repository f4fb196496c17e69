#include "http/multipart.h"

#include <optional>

#include "http/parameter.h"
#include "http/syntax.h"

namespace livery::http {

namespace {

constexpr std::string_view kLineEnd = "\r\n";

std::optional<std::string> BoundaryOf(std::string_view content_type) {
    auto boundary = FindParameter(content_type, "boundary");
    constexpr std::string_view kMarks = "'()+_,-./:=? ";  // RFC 2046 section 5.1.1
    if (!boundary || boundary->empty() || boundary->size() > 70 || boundary->back() == ' ') {
        return std::nullopt;
    }
    for (const char c : *boundary) {
        const bool letter = LowerAscii(c) >= 'a' && LowerAscii(c) <= 'z';
        if (!letter && !(c >= '0' && c <= '9') && kMarks.find(c) == std::string_view::npos) {
            return std::nullopt;
        }
    }
    return boundary;
}

std::string BaseName(std::string_view path) {
    const std::size_t slash = path.find_last_of("/\\");
    std::string name(slash == std::string_view::npos ? path : path.substr(slash + 1));
    std::erase_if(name, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
    if (name == "." || name == "..") name.clear();
    return name;
}

struct PartHead {
    std::string name;
    std::optional<std::string> file_name;
    std::string content_type = "text/plain";  // RFC 7578 section 4.4
};

Decoded<PartHead> ReadPartHead(std::string_view text) {
    PartHead head;
    bool named = false;
    while (!text.empty()) {
        const std::size_t end = text.find(kLineEnd);
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 2);
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos || !IsToken(line.substr(0, colon)) ||
            !IsFieldValue(line) || !IsUtf8(line)) {
            return Refuse(400, "bad header of a part");
        }
        const std::string_view field = line.substr(0, colon);
        const std::string_view value = TrimBlanks(line.substr(colon + 1));
        if (SameIgnoringCase(field, "Content-Type")) head.content_type = value;
        if (!SameIgnoringCase(field, "Content-Disposition")) continue;
        const std::string_view kind = TrimBlanks(value.substr(0, value.find(';')));
        const auto name = FindParameter(value, "name");
        if (named || !SameIgnoringCase(kind, "form-data") || !name) {
            return Refuse(400, "bad Content-Disposition");
        }
        named = true;
        head.name = *name;
        head.file_name = FindParameter(value, "filename");
    }
    if (!named) return Refuse(400, "a part without a name");
    return head;
}

// Reads no further than the first byte that is no blank, so that a body of delimiters is not
// walked once for each of them.
bool LineIsBlank(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    return first != std::string_view::npos && text.substr(first).starts_with(kLineEnd);
}

// Walks the body from delimiter to delimiter.
class PartReader {
 public:
    PartReader(std::string_view body, const std::string& boundary)
        : rest_(body), delimiter_("\r\n--" + boundary) {}

    // Over the first delimiter, which has no line end before it.
    bool Begin() {
        const std::string_view first = std::string_view(delimiter_).substr(kLineEnd.size());
        if (!rest_.starts_with(first)) return false;
        rest_.remove_prefix(first.size());
        return true;
    }
    bool AtEnd() const { return rest_.starts_with("--"); }
    // The bytes up to the next delimiter; nullopt when there is none or the line is not ended.
    std::optional<std::string_view> NextPart() {
        if (!LineIsBlank(rest_)) return std::nullopt;
        // Keep the line end: a part may be empty, and its delimiter begins with it.
        rest_.remove_prefix(rest_.find(kLineEnd));
        for (std::size_t at = 0;; at += kLineEnd.size()) {
            at = rest_.find(delimiter_, at);
            if (at == std::string_view::npos) return std::nullopt;
            const std::string_view after = rest_.substr(at + delimiter_.size());
            // "--boundary-and-more" is content, not a delimiter.
            if (!after.starts_with("--") && !LineIsBlank(after)) continue;
            const std::string_view part = rest_.substr(0, at);
            rest_ = after;
            return part;
        }
    }

 private:
    std::string_view rest_;
    std::string delimiter_;
};

bool IsText(std::string_view text) {
    return IsUtf8(text) && text.find('\0') == std::string_view::npos;
}

// Empty when the part was taken.
std::optional<Refusal> TakePart(std::string_view part, const Limits& limits, MultipartForm& form) {
    const std::size_t blank_line = part.find("\r\n\r\n");
    if (blank_line == std::string_view::npos || blank_line > limits.part_head) {
        return Refusal{400, "bad header of a part"};
    }
    const std::size_t begin = std::min(kLineEnd.size(), blank_line);
    auto head = ReadPartHead(part.substr(begin, blank_line - begin));
    if (!head) return head.error();
    const std::string_view content = part.substr(blank_line + 4);
    if (head->name.size() > limits.field_name) return Refusal{400, "field name too long"};
    if (!head->file_name) {
        if (!IsText(content)) return Refusal{400, "badly encoded field"};
        if (form.fields.size() == limits.fields) return Refusal{400, "too many fields"};
        form.fields.Add(std::move(head->name), std::string(content));
    } else if (!head->file_name->empty() || !content.empty()) {
        if (form.files.size() == limits.files) return Refusal{400, "too many files"};
        form.files.push_back({std::move(head->name), BaseName(*head->file_name),
                              std::move(head->content_type), std::string(content)});
    }
    return std::nullopt;
}

}  // namespace

Decoded<MultipartForm> DecodeMultipart(std::string_view content_type, std::string_view body,
                                       const Limits& limits) {
    const auto boundary = BoundaryOf(content_type);
    if (!boundary) return Refuse(400, "bad multipart boundary");
    PartReader reader(body, *boundary);
    if (!reader.Begin()) return Refuse(400, "no multipart boundary");
    MultipartForm form;
    while (!reader.AtEnd()) {
        const auto part = reader.NextPart();
        if (!part) return Refuse(400, "unfinished multipart body");
        if (auto refusal = TakePart(*part, limits, form)) return tl::make_unexpected(*refusal);
    }
    return form;
}

}  // namespace livery::http
