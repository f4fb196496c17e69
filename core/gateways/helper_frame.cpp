#include "gateways/helper_frame.h"

#include <charconv>
#include <cstring>

namespace livery::gateways {

namespace {

constexpr std::string_view kKinds = "YCDISALR";
constexpr std::size_t kMostFields = 8;

}  // namespace

std::string HelperFrame::Encode() const {
    std::string bytes(1, static_cast<char>(kind));
    for (const std::string& field : fields) {
        const auto size = static_cast<std::uint32_t>(field.size());
        char head[sizeof size];
        std::memcpy(head, &size, sizeof size);
        bytes.append(head, sizeof size).append(field);
    }
    return bytes;
}

std::optional<HelperFrame> HelperFrame::Decode(std::string_view bytes) {
    if (bytes.empty() || kKinds.find(bytes.front()) == std::string_view::npos) return std::nullopt;
    HelperFrame frame{static_cast<Kind>(bytes.front()), {}};
    bytes.remove_prefix(1);
    while (!bytes.empty()) {
        std::uint32_t size = 0;
        if (bytes.size() < sizeof size || frame.fields.size() == kMostFields) return std::nullopt;
        std::memcpy(&size, bytes.data(), sizeof size);
        bytes.remove_prefix(sizeof size);
        if (bytes.size() < size) return std::nullopt;
        frame.fields.emplace_back(bytes.substr(0, size));
        bytes.remove_prefix(size);
    }
    return frame;
}

const std::string& HelperFrame::Text(std::size_t field) const {
    static const std::string kNone;
    return field < fields.size() ? fields[field] : kNone;
}

std::int64_t HelperFrame::Number(std::size_t field) const {
    const std::string& text = Text(field);
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    return read.ec == std::errc() && read.ptr == text.data() + text.size() ? number : 0;
}

}  // namespace livery::gateways
