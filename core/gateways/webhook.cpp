#include "gateways/webhook.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdint>
#include <optional>

#include <livery/json.h>

#include "gateways/mac.h"
#include "schema/bounded_json.h"

namespace livery::gateways {

namespace {

using Json = nlohmann::json;

// More than any provider sends while it changes its key; each costs a comparison.
constexpr std::size_t kMostSignatures = 10;

std::string Lower(std::string_view text) {
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return lower;
}

std::string_view Trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

std::vector<std::string_view> Split(std::string_view text, char at) {
    std::vector<std::string_view> parts;
    for (std::size_t end = text.find(at); end != std::string_view::npos; end = text.find(at)) {
        parts.push_back(Trimmed(text.substr(0, end)));
        text.remove_prefix(end + 1);
    }
    parts.push_back(Trimmed(text));
    return parts;
}

const std::string& HeaderOf(const SignedDelivery& delivery, std::string_view name) {
    static const std::string kNone;
    const auto found = delivery.headers.find(Lower(name));
    return found == delivery.headers.end() ? kNone : found->second;
}

struct Signature {
    std::string time;
    std::vector<std::string_view> macs;
};

// "t=1700000000,v1=…,v1=…" by "t={time},v1={mac}"; what the form does not name is skipped.
Signature PairsOf(std::string_view form, std::string_view header) {
    Signature signature;
    for (const std::string_view part : Split(header, ',')) {
        const std::string_view name = part.substr(0, part.find('='));
        if (name.size() == part.size()) continue;
        const std::string_view value = part.substr(name.size() + 1);
        for (const std::string_view wanted : Split(form, ',')) {
            if (wanted == std::string(name) + "={time}") signature.time = value;
            if (wanted == std::string(name) + "={mac}") signature.macs.push_back(value);
        }
    }
    return signature;
}

// "v1,abc v1,def" by "v1,{mac}".
Signature PrefixedOf(std::string_view form, std::string_view header) {
    const std::string_view prefix = form.substr(0, form.find("{mac}"));
    Signature signature;
    for (const std::string_view part : Split(header, ' ')) {
        if (!part.empty() && part.starts_with(prefix))
            signature.macs.push_back(part.substr(prefix.size()));
    }
    return signature;
}

Signature SignatureOf(const WebhookScheme& scheme, const SignedDelivery& delivery) {
    const std::string& header = HeaderOf(delivery, scheme.header);
    const bool pairs = scheme.form.find("{time}") != std::string::npos;
    Signature signature = pairs ? PairsOf(scheme.form, header) : PrefixedOf(scheme.form, header);
    if (!scheme.time_header.empty()) signature.time = HeaderOf(delivery, scheme.time_header);
    return signature;
}

// In one pass: what was put in is not looked at again.
std::string SignedText(const WebhookScheme& scheme, const SignedDelivery& delivery,
                       const std::string& time) {
    std::string text;
    std::string_view rest = scheme.signs;
    while (!rest.empty()) {
        const std::size_t open = rest.find('{');
        const std::size_t close = open == rest.npos ? rest.npos : rest.find('}', open);
        text += rest.substr(0, close == rest.npos ? rest.npos : open);
        if (close == rest.npos) break;
        const std::string_view word = rest.substr(open + 1, close - open - 1);
        if (word == "body") text += delivery.body;
        if (word == "time") text += time;
        if (word == "url") text += delivery.url;
        if (word.starts_with("header:")) text += HeaderOf(delivery, word.substr(7));
        rest.remove_prefix(close + 1);
    }
    return text;
}

std::string TimeObjection(const WebhookScheme& scheme, const std::string& time,
                          std::chrono::seconds now) {
    if (scheme.signs.find("{time}") == std::string::npos) return "";
    std::int64_t at = 0;
    const auto [end, error] = std::from_chars(time.data(), time.data() + time.size(), at);
    if (error != std::errc{} || end != time.data() + time.size() || time.empty() ||
        time.size() > 12)
        return "it does not say when it was signed";
    const auto apart = now - std::chrono::seconds(at);
    if (apart > scheme.tolerance) return "it was signed too long ago";
    return -apart > scheme.tolerance ? "it was signed in the future" : "";
}

bool Fits(const WebhookScheme& scheme, const std::string& text, const std::string& secret,
          const std::vector<std::string_view>& macs) {
    const auto key = Decoded(secret, scheme.key);
    const auto mac = key ? Mac(scheme.hash, *key, text) : std::nullopt;
    const auto expected = mac ? Encoded(*mac, scheme.encoding) : std::nullopt;
    if (!expected) return false;
    bool fits = false;
    for (const std::string_view given : macs) {
        const std::string compared = scheme.encoding == "hex" ? Lower(given) : std::string(given);
        fits = SameBytes(compared, *expected) || fits;
    }
    return fits;
}

const Json* MemberAt(const Json& json, std::string_view path) {
    const Json* at = &json;
    while (at != nullptr && !path.empty()) {
        const std::string_view name = path.substr(0, path.find('.'));
        path.remove_prefix(std::min(path.size(), name.size() + 1));
        const auto found = at->is_object() ? at->find(std::string(name)) : at->end();
        at = found == at->end() ? nullptr : &*found;
    }
    return at;
}

// As it is signed: numbers as they are written; what is not there is empty.
std::string ValueAt(const Json& item, std::string_view path) {
    const Json* value = MemberAt(item, path);
    if (value == nullptr || value->is_null() || value->is_structured()) return "";
    return value->is_string() ? value->get<std::string>() : value->dump();
}

bool ItemFits(const WebhookScheme& scheme, const Json& wrapped,
              const std::vector<std::string>& secrets) {
    const Json* item = MemberAt(wrapped, scheme.items->item);
    if (item == nullptr || !item->is_object()) return false;
    std::string text;
    for (const std::string& field : scheme.items->fields)
        text += (&field == &scheme.items->fields.front() ? "" : ":") + ValueAt(*item, field);
    const std::string signature = ValueAt(*item, scheme.items->signature);
    bool fits = false;
    for (const std::string& secret : secrets)
        fits = Fits(scheme, text, secret, {signature}) || fits;
    return fits;
}

// One that is wrong, and nothing of the batch is taken: the provider delivers it again.
std::string ItemsObjection(const WebhookScheme& scheme, std::string_view body,
                           const std::vector<std::string>& secrets) {
    const Json batch = schema::ParsedBounded(body);
    const Json* items = MemberAt(batch, scheme.items->items);
    if (items == nullptr || !items->is_array() || items->empty()) return "it has no items";
    for (const Json& item : *items)
        if (!ItemFits(scheme, item, secrets)) return "the signature of an item is not right";
    return "";
}

}  // namespace

std::string WebhookObjection(const WebhookScheme& scheme, const SignedDelivery& delivery,
                             const std::vector<std::string>& secrets, std::chrono::seconds now) {
    if (delivery.body.size() > kMostDelivered) return "it is too long";
    if (scheme.items) return ItemsObjection(scheme, delivery.body, secrets);
    const Signature signature = SignatureOf(scheme, delivery);
    if (signature.macs.empty()) return "it has no signature";
    if (signature.macs.size() > kMostSignatures) return "it has too many signatures";
    if (std::string wrong = TimeObjection(scheme, signature.time, now); !wrong.empty())
        return wrong;
    const std::string text = SignedText(scheme, delivery, signature.time);
    bool fits = false;
    for (const std::string& secret : secrets)
        fits = Fits(scheme, text, secret, signature.macs) || fits;
    return fits ? "" : "no signature of it is right";
}

}  // namespace livery::gateways
