// What the host does for a gateway: HTTP, signatures, the time, a small store.
#ifndef LIVERY_GATEWAY_HOST_HPP
#define LIVERY_GATEWAY_HOST_HPP

#include <cstring>
#include <map>
#include <string>
#include <utility>

#include <livery/gateway/abi.h>
#include <livery/gateway/error.hpp>
#include <livery/gateway/money.hpp>

namespace livery::gw {

// The host did not do it: nothing more may be sent, or no answer came. Not to be caught by a
// gateway: what a payment is then worth only the host can say (it knows what was sent), and the
// shim passes it on.
class HostFault : public std::runtime_error {
 public:
    HostFault(std::int32_t code, const std::string& what) : std::runtime_error(what), code_(code) {}
    std::int32_t code() const { return code_; }

 private:
    std::int32_t code_;
};

// The provider answered, and its answer does not say whether it did what was asked. Http throws it
// for a request that may move money unless the answer is a success or a refusal (4xx) in JSON;
// throw it where a provider says "I do not know" in other words. Then the host looks the payment up
// before anything else.
class OutcomeUnclear : public HostFault {
 public:
    explicit OutcomeUnclear(const std::string& what) : HostFault(LIVERY_NO_ANSWER, what) {}
};

// How a request shows who we are; `secret` is always a reference.
struct Bearer {
    std::string secret;
};
struct Basic {
    std::string user;    // text
    std::string secret;  // a reference
};
struct ApiKeyHeader {
    std::string header;
    std::string secret;
};

enum class Encoding { kJson, kForm };

// An answer of a provider, read up to the host's limit.
class Response {
 public:
    explicit Response(Json message) : message_(std::move(message)) {
        body_ = Json::parse(TextAt(message_, "body"), nullptr, false);
    }

    int status() const { return static_cast<int>(IntegerAt(message_, "status")); }
    // 2xx with a body that is a JSON object: everything else is no success, whatever it says.
    bool Ok() const { return status() >= 200 && status() < 300 && body_.is_object(); }
    std::string Header(const std::string& lower_case_name) const {
        return TextAt(message_["headers"], lower_case_name);
    }
    const Json& body() const { return body_; }  // discarded when it was no JSON
    std::string Text(std::string_view path) const { return TextAt(body_, path); }
    std::int64_t Integer(std::string_view path) const { return IntegerAt(body_, path); }
    bool Flag(std::string_view path) const { return FlagAt(body_, path); }

 private:
    Json message_;
    Json body_;
};

// Turned away at the provider's door: we were not let in, or came too often. Nothing was done, and
// a lookup has learnt nothing.
inline bool IsDoor(const Response& answer) {
    return answer.status() == 401 || answer.status() == 403 || answer.status() == 429;
}

class Host;

// A provider's API below one address. Redirects are not followed. Every request of an operation
// that moves money carries the operation's idempotency key.
class Http {
 public:
    Response Get(const std::string& path, const Json& query = Json::object()) const;
    Response Post(const std::string& path, const std::string& idempotency_key,
                  const Json& body) const;
    Response Put(const std::string& path, const std::string& idempotency_key,
                 const Json& body) const;
    Response Delete(const std::string& path, const std::string& idempotency_key) const;
    // The general one.
    Response Send(Json request) const;

    Http& Header(const std::string& name, const std::string& value) {
        fixed_["headers"][name] = value;
        return *this;
    }
    Http& As(Encoding encoding) {
        fixed_["encoding"] = encoding == Encoding::kForm ? "form" : "json";
        return *this;
    }
    // The header that carries the key; "Idempotency-Key" unless said otherwise.
    Http& KeyHeader(const std::string& name) {
        fixed_["key_header"] = name;
        return *this;
    }

 private:
    friend class Host;
    Http(const Host& host, Json fixed) : host_(&host), fixed_(std::move(fixed)) {}
    Response Unsafe(const char* method, const std::string& path, const std::string& key,
                    const Json* body) const;

    const Host* host_;
    Json fixed_;
};

class Host {
 public:
    explicit Host(const livery_host* host) : host_(host) {}

    Http At(std::string base_url) const { return {*this, {{"base_url", std::move(base_url)}}}; }
    Http At(std::string base_url, const Bearer& bearer) const {
        return {*this,
                {{"base_url", std::move(base_url)},
                 {"auth", {{"scheme", "bearer"}, {"secret", bearer.secret}}}}};
    }
    Http At(std::string base_url, const Basic& basic) const {
        return {*this,
                {{"base_url", std::move(base_url)},
                 {"auth", {{"scheme", "basic"}, {"user", basic.user}, {"secret", basic.secret}}}}};
    }
    Http At(std::string base_url, const ApiKeyHeader& key) const {
        return {*this,
                {{"base_url", std::move(base_url)},
                 {"auth", {{"scheme", "header"}, {"header", key.header}, {"secret", key.secret}}}}};
    }

    // HMAC of `text` with the key behind a reference; "hex" or "base64" of SHA-256 or SHA-512.
    std::string Hmac(const std::string& secret, const std::string& text,
                     const std::string& hash = "sha256", const std::string& as = "hex") const {
        return TextAt(Call("crypto.hmac/1",
                           {{"secret", secret}, {"text", text}, {"hash", hash}, {"encoding", as}}),
                      "mac");
    }
    std::int64_t Now() const { return IntegerAt(Call("clock.now/1", Json::object()), "seconds"); }
    // A store of this instance, for what a provider wants remembered; at most 4 KiB a value. Nothing
    // that is a person's: it outlives whoever asks to be forgotten. A secret is refused.
    std::string Recall(const std::string& key) const {
        return TextAt(Call("kv.get/1", {{"key", key}}), "value");
    }
    void Remember(const std::string& key, const std::string& value) const {
        Call("kv.put/1", {{"key", key}, {"value", value}});
    }
    void Log(const std::string& message) const {
        const std::string line = Json{{"message", message}}.dump();
        host_->log(host_->context, 2, {line.data(), line.size()});
    }

    // Any service, by its id. Throws HostFault.
    Json Call(const char* service, const Json& request) const;

 private:
    const livery_host* host_;
};

inline Json Host::Call(const char* service, const Json& request) const {
    const std::string body = request.dump();
    livery_call call;
    std::memset(&call, 0, sizeof call);
    call.size = sizeof call;
    call.operation = {service, std::strlen(service)};
    call.body = {body.data(), body.size()};
    std::string answer;
    livery_out out{&answer, [](void* context, livery_slice text) {
                       static_cast<std::string*>(context)->assign(
                           static_cast<const char*>(text.data),
                           static_cast<std::size_t>(text.length));
                   }};
    const std::int32_t code = host_->call(host_->context, &call, &out);
    if (code != LIVERY_OK) throw HostFault(code, std::string(service) + " was not done");
    Json json = Json::parse(answer, nullptr, false);
    if (json.is_discarded()) throw HostFault(LIVERY_BAD_MESSAGE, "the host answered no JSON");
    return json;
}

inline Response Http::Send(Json request) const {
    Json whole = fixed_;
    whole.merge_patch(request);
    return Response(host_->Call("http.send/1", whole));
}

inline Response Http::Unsafe(const char* method, const std::string& path, const std::string& key,
                             const Json* body) const {
    Json request{{"method", method}, {"path", path}, {"idempotency_key", key}};
    if (body != nullptr) request["body"] = *body;
    // Not merged: a patch would drop members that are null.
    Json whole = fixed_;
    whole.update(request);
    Response response(host_->Call("http.send/1", whole));
    // A provider that failed may have charged first, and a page, a part of an answer or a
    // redirection says nothing of what it did.
    const int status = response.status();
    const bool said = response.body().is_object() || status == 204;
    const bool decided = (status >= 200 && status < 300) || (status >= 400 && status < 500);
    if (!said || !decided || status == 408)
        throw OutcomeUnclear(std::string(method) + " was answered " + std::to_string(status));
    return response;
}

inline Response Http::Get(const std::string& path, const Json& query) const {
    return Send({{"method", "GET"}, {"path", path}, {"query", query}});
}
inline Response Http::Post(const std::string& path, const std::string& idempotency_key,
                           const Json& body) const {
    return Unsafe("POST", path, idempotency_key, &body);
}
inline Response Http::Put(const std::string& path, const std::string& idempotency_key,
                          const Json& body) const {
    return Unsafe("PUT", path, idempotency_key, &body);
}
inline Response Http::Delete(const std::string& path, const std::string& idempotency_key) const {
    return Unsafe("DELETE", path, idempotency_key, nullptr);
}

// The category that an HTTP status alone allows.
inline Error ByStatus(const Response& response) {
    Error error = Of(Category::kProviderUnavailable);
    const int status = response.status();
    if (status == 401 || status == 403) error = Configuration("credentials");
    if (status == 404) error = NotFound();
    if (status == 409) error = Of(Category::kStateConflict);
    if (status == 400 || status == 422) error = Of(Category::kInvalidRequest);
    if (status == 402) error = Soft(Reason::kOther);
    if (status == 429) {
        error = Of(Category::kRateLimited);
        error.advice = Advice::kRetryAfter;
        error.retry_after_seconds = 1;
        const std::string after = response.Header("retry-after");
        if (!after.empty() && after.size() < 6 &&
            after.find_first_not_of("0123456789") == std::string::npos)
            error.retry_after_seconds = std::stol(after);
    }
    error.provider_code = std::to_string(status);
    return error;
}

}  // namespace livery::gw

#endif
