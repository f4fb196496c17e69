#include "gateways/outgoing.h"

#include <algorithm>
#include <array>
#include <cctype>

#include <fmt/format.h>

#include "gateways/mac.h"

namespace livery::gateways {

using Json = nlohmann::json;

namespace {

constexpr std::string_view kLetters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

Error Refused(std::string message) { return {ErrorCode::kInvalidArgument, std::move(message), {}}; }

std::string TextAt(const Json& json, const char* key, const char* otherwise = "") {
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : otherwise;
}

std::string Escaped(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        const bool plain =
            kLetters.find(c) != std::string_view::npos || c == '-' || c == '.' || c == '_';
        escaped +=
            plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return escaped;
}

// NOLINTNEXTLINE(misc-no-recursion): a message is a tree
void AppendForm(std::string& form, const std::string& name, const Json& value) {
    if (value.is_object() || value.is_array()) {
        std::size_t index = 0;
        for (const auto& [key, member] : value.items()) {
            const std::string part = value.is_array() ? std::to_string(index++) : Escaped(key);
            AppendForm(form, name.empty() ? part : fmt::format("{}[{}]", name, part), member);
        }
        return;
    }
    if (value.is_null()) return;
    const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
    form += fmt::format("{}{}={}", form.empty() ? "" : "&", name, Escaped(text));
}

// A path and nothing else: no query, no way up, no escape that a server might read as one.
bool IsPath(std::string_view path) {
    constexpr std::string_view kMarks = "-._~!$&'()*+,;=:@/%";
    const bool plain = std::all_of(path.begin(), path.end(), [&](char c) {
        return kLetters.find(c) != std::string_view::npos ||
               kMarks.find(c) != std::string_view::npos;
    });
    return plain && path.starts_with("/") && path.find("/..") == path.npos &&
           path.find("/./") == path.npos && path.find("%2e") == path.npos &&
           path.find("%2E") == path.npos;
}

bool IsHeaderName(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return kLetters.find(c) != std::string_view::npos || c == '-' || c == '_';
    });
}

// Those that say where a message ends, where it goes, and who sends it.
bool IsOfTheHost(std::string name) {
    static constexpr std::array kOurs{"host",    "content-length",      "transfer-encoding",
                                      "te",      "connection",          "upgrade",
                                      "trailer", "proxy-authorization", "cookie",
                                      "expect",  "authorization",       "content-type"};
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return std::find(kOurs.begin(), kOurs.end(), name) != kOurs.end();
}

bool IsOneLine(std::string_view text) {
    return std::none_of(text.begin(), text.end(),
                        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

class Making {
 public:
    Making(const Json& message, const SecretOf& secret) : message_(message), secret_(secret) {}

    std::string Method() {
        http::OutgoingRequest& request = made_.request;
        request.method = TextAt(message_, "method");
        static constexpr std::array kMethods{"GET", "POST", "PUT", "PATCH", "DELETE"};
        if (std::find(kMethods.begin(), kMethods.end(), request.method) == kMethods.end())
            return fmt::format("`{}` is no method", request.method);
        made_.safe = request.method == "GET";
        return "";
    }

    std::string Url(const AllowedUrls& allowed) {
        const std::string base = TextAt(message_, "base_url");
        if (std::string wrong = allowed.Objection(base); !wrong.empty()) return wrong;
        const std::string path = TextAt(message_, "path", "/");
        if (!IsPath(path)) return fmt::format("`{}` is no path", path);
        made_.request.url = base.ends_with("/") ? base.substr(0, base.size() - 1) : base;
        made_.request.url += path;
        const auto query = message_.find("query");
        if (query == message_.end() || !query->is_object() || query->empty()) return "";
        made_.request.url += "?" + FormOf(*query);
        return "";
    }

    std::string Headers() {
        const auto headers = message_.find("headers");
        if (headers != message_.end() && headers->is_object()) {
            for (const auto& [name, value] : headers->items()) {
                if (!value.is_string() || IsOfTheHost(name))
                    return fmt::format("header `{}` is not for gateways to set", name);
                std::string wrong = Add(name, value.get<std::string>());
                if (!wrong.empty()) return wrong;
            }
        }
        const std::string key = TextAt(message_, "idempotency_key");
        if (made_.safe || key.empty()) return "";
        return Add(TextAt(message_, "key_header", "Idempotency-Key"), key);
    }

    std::string Body() {
        const auto body = message_.find("body");
        std::string wrong = Add("Accept", "application/json");
        if (body == message_.end() || body->is_null() || !wrong.empty()) return wrong;
        if (made_.safe) return "a request that only asks has no body";
        const bool form = TextAt(message_, "encoding", "json") == "form";
        if (form && !body->is_object()) return "a form is an object";
        made_.request.body =
            form ? FormOf(*body)
                 : body->dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        return Add("Content-Type", form ? "application/x-www-form-urlencoded" : "application/json");
    }

    // Last of all, so that the value is known for as short as can be.
    std::string Auth() {
        const auto auth = message_.find("auth");
        if (auth == message_.end() || auth->is_null()) return "";
        if (!auth->is_object()) return "`auth` is no object";
        auto value = secret_(TextAt(*auth, "secret"));
        if (!value) return value.error().message;
        const std::string& key = made_.secrets.emplace_back(*std::move(value));
        const std::string scheme = TextAt(*auth, "scheme");
        if (scheme == "bearer") return Add("Authorization", "Bearer " + key);
        if (scheme == "basic") {
            const std::string both = TextAt(*auth, "user") + ":" + key;
            return Add("Authorization",
                       "Basic " + made_.secrets.emplace_back(Encoded(both, "base64").value()));
        }
        if (scheme != "header") return fmt::format("`{}` is no scheme of auth", scheme);
        const std::string name = TextAt(*auth, "header");
        if (IsOfTheHost(name) && name != "Authorization")
            return fmt::format("header `{}` is not for gateways to set", name);
        return Add(name, key);
    }

    Outgoing Take() { return std::move(made_); }

 private:
    std::string Add(const std::string& name, const std::string& value) {
        if (!IsHeaderName(name)) return fmt::format("`{}` is no name of a header", name);
        if (!IsOneLine(value)) return fmt::format("header `{}` has a line break", name);
        made_.request.headers.emplace_back(name, value);
        return "";
    }

    const Json& message_;
    const SecretOf& secret_;
    Outgoing made_;
};

}  // namespace

std::string FormOf(const Json& object) {
    std::string form;
    AppendForm(form, "", object);
    return form;
}

Result<Outgoing> MakeOutgoing(const Json& message, const AllowedUrls& allowed,
                              const SecretOf& secret) {
    if (!message.is_object()) return Refused("the request is no object");
    Making making(message, secret);
    std::string wrong = making.Method();
    if (wrong.empty()) wrong = making.Url(allowed);
    if (wrong.empty()) wrong = making.Headers();
    if (wrong.empty()) wrong = making.Body();
    if (wrong.empty()) wrong = making.Auth();
    if (!wrong.empty()) return Refused(std::move(wrong));
    return making.Take();
}

}  // namespace livery::gateways
