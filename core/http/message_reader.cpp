#include "http/message_reader.h"

#include <algorithm>
#include <charconv>

#include "http/syntax.h"

namespace livery::http {

namespace {

constexpr std::string_view kLineEnd = "\r\n";
constexpr std::string_view kHeadEnd = "\r\n\r\n";

// How many bytes stand before `mark`, which was found at `at`. While it is still missing, the
// beginning of it at the end of `text` does not count: a limit must not depend on how the bytes
// were split on their way.
std::size_t SizeBefore(std::string_view mark, std::string_view text, std::size_t at) {
    if (at != std::string_view::npos) return at;
    for (std::size_t begun = mark.size() - 1; begun > 0; --begun) {
        if (text.ends_with(mark.substr(0, begun))) return text.size() - begun;
    }
    return text.size();
}

struct RequestLine {
    std::string method;
    std::string target;
    bool http11 = true;
};

Decoded<RequestLine> ReadRequestLine(std::string_view line) {
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == std::string_view::npos || first == last) return Refuse(400, "bad request line");
    const std::string_view target = line.substr(first + 1, last - first - 1);
    const std::string_view version = line.substr(last + 1);
    if (!IsToken(line.substr(0, first))) return Refuse(400, "bad method");
    if (target.empty() ||
        !std::all_of(target.begin(), target.end(), [](char c) { return c > 0x20 && c < 0x7F; })) {
        return Refuse(400, "bad request target");
    }
    if (!version.starts_with("HTTP/")) return Refuse(400, "no HTTP version");
    if (version != "HTTP/1.1" && version != "HTTP/1.0") return Refuse(505, "HTTP version");
    return RequestLine{std::string(line.substr(0, first)), std::string(target),
                       version == "HTTP/1.1"};
}

Decoded<RawHeader> ReadField(std::string_view line) {
    const std::size_t colon = line.find(':');
    // IsToken also refuses a folded line and a blank before the colon.
    if (colon == std::string_view::npos || !IsToken(line.substr(0, colon))) {
        return Refuse(400, "bad header line");
    }
    const std::string_view value = TrimBlanks(line.substr(colon + 1));
    if (!IsFieldValue(value)) return Refuse(400, "control character in a header");
    return RawHeader{std::string(line.substr(0, colon)), std::string(value)};
}

Decoded<std::size_t> ReadLength(std::string_view digits) {
    if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos) {
        return Refuse(400, "bad Content-Length");
    }
    std::size_t length = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), length);
    if (error != std::errc() || end != digits.data() + digits.size()) {
        return Refuse(413, "body too large");
    }
    return length;
}

bool HasOption(std::string_view list, std::string_view option) {
    return !ForEachPiece(list, ',', [&](std::string_view piece) {
        return !SameIgnoringCase(TrimBlanks(piece), option);
    });
}

struct Framing {
    std::size_t body_size = 0;
    bool keep_alive = true;
    bool expects_continue = false;
};

Decoded<Framing> ReadFraming(const RequestLine& line, const std::vector<RawHeader>& headers) {
    Framing framing;
    framing.keep_alive = line.http11;
    bool length_seen = false;
    for (const auto& [name, value] : headers) {
        if (SameIgnoringCase(name, "Transfer-Encoding")) return Refuse(411, "no Content-Length");
        if (SameIgnoringCase(name, "Content-Length")) {
            if (length_seen) return Refuse(400, "two Content-Length headers");
            const auto length = ReadLength(value);
            if (!length) return tl::make_unexpected(length.error());
            framing.body_size = *length;
            length_seen = true;
        } else if (SameIgnoringCase(name, "Connection")) {
            if (HasOption(value, "close")) framing.keep_alive = false;
        } else if (SameIgnoringCase(name, "Expect")) {
            if (!SameIgnoringCase(value, "100-continue")) return Refuse(417, "unknown Expect");
            framing.expects_continue = line.http11;
        }
    }
    return framing;
}

}  // namespace

std::size_t MessageReader::MostOf(std::string_view method, std::string_view target) const {
    return body_limit_ == nullptr || !*body_limit_ ? limits_.body : (*body_limit_)(method, target);
}

// True when the head is complete and stands in `head_`.
Decoded<bool> MessageReader::ReadHead() {
    // A robust server ignores empty lines before the request line (RFC 9112 section 2.2).
    std::size_t empty = 0;
    while (std::string_view(buffer_).substr(empty).starts_with(kLineEnd)) empty += kLineEnd.size();
    buffer_.erase(0, empty);
    const std::size_t line_end = buffer_.find(kLineEnd);
    if (SizeBefore(kLineEnd, buffer_, line_end) > limits_.request_line) {
        return Refuse(414, "request line too long");
    }
    const std::size_t end = buffer_.find(kHeadEnd);
    if (SizeBefore(kHeadEnd, buffer_, end) > limits_.head) return Refuse(431, "headers too large");
    if (end == std::string::npos) return false;

    auto line = ReadRequestLine(std::string_view(buffer_).substr(0, line_end));
    if (!line) return tl::make_unexpected(line.error());
    Head head;
    for (std::size_t at = line_end + 2; at < end + 2;) {
        const std::size_t stop = buffer_.find(kLineEnd, at);
        auto field = ReadField(std::string_view(buffer_).substr(at, stop - at));
        if (!field) return tl::make_unexpected(field.error());
        if (head.message.headers.size() == limits_.headers) return Refuse(431, "too many headers");
        head.message.headers.push_back(std::move(*field));
        at = stop + 2;
    }
    const auto framing = ReadFraming(*line, head.message.headers);
    if (!framing) return tl::make_unexpected(framing.error());
    // Nearly every body is smaller than any limit, and asks nobody.
    if (framing->body_size > limits_.body &&
        framing->body_size > MostOf(line->method, line->target))
        return Refuse(413, "body too large");
    head.message.method = std::move(line->method);
    head.message.target = std::move(line->target);
    head.message.keep_alive = framing->keep_alive;
    head.body_size = framing->body_size;
    buffer_.erase(0, end + 4);
    continue_wanted_ = framing->expects_continue && buffer_.size() < head.body_size;
    head_ = std::move(head);
    return true;
}

std::string_view MessageReader::Target() const {
    if (head_) return head_->message.target;
    const std::string_view line = std::string_view(buffer_).substr(0, buffer_.find(kLineEnd));
    const std::size_t begin = line.find(' ');
    if (begin == std::string_view::npos) return {};
    return line.substr(begin + 1, line.find(' ', begin + 1) - begin - 1);
}

Decoded<std::optional<RawMessage>> MessageReader::Next() {
    if (!head_) {
        const auto complete = ReadHead();
        if (!complete) return tl::make_unexpected(complete.error());
        if (!*complete) return std::optional<RawMessage>();
    }
    if (buffer_.size() < head_->body_size) return std::optional<RawMessage>();
    RawMessage message = std::move(head_->message);
    if (buffer_.size() == head_->body_size) {
        // Files are large: not twice in memory.
        message.body = std::exchange(buffer_, {});
    } else {
        message.body = buffer_.substr(0, head_->body_size);
        buffer_.erase(0, head_->body_size);
    }
    head_.reset();
    continue_wanted_ = false;
    return std::optional<RawMessage>(std::move(message));
}

}  // namespace livery::http
