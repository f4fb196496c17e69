#include "http/form.h"

#include "http/syntax.h"

namespace livery::http {

namespace {

// nullopt: not decodable, or text that no page can show.
std::optional<std::string> DecodeText(std::string_view text) {
    auto decoded = PercentDecode(text, PlusSign::kIsSpace);
    if (!decoded || !IsUtf8(*decoded) || decoded->find('\0') != std::string::npos) {
        return std::nullopt;
    }
    return decoded;
}

}  // namespace

Decoded<Params> DecodeForm(std::string_view text, const Limits& limits) {
    Params params;
    std::string reason;
    const bool whole = ForEachPiece(text, '&', [&](std::string_view piece) {
        if (piece.empty()) return true;
        const std::size_t equals = piece.find('=');
        auto name = DecodeText(piece.substr(0, equals));
        auto value = DecodeText(equals == std::string_view::npos ? std::string_view()
                                                                 : piece.substr(equals + 1));
        if (!name || !value) {
            reason = "badly encoded field";
        } else if (name->size() > limits.field_name) {
            reason = "field name too long";
        } else if (params.size() == limits.fields) {
            reason = "too many fields";
        } else {
            params.Add(std::move(*name), std::move(*value));
        }
        return reason.empty();
    });
    if (!whole) return Refuse(400, reason);
    return params;
}

}  // namespace livery::http
