// What the unit tests of a gateway need: a host that answers as it is told, remembers what was
// sent, and sees where a secret gets to. Any test framework; C++17; nothing but the SDK.
//
//   livery::gw::testing::Bench bench({{"base_url", "https://api.acme.example"}}, {"api_key"});
//   bench.host.Answers(201, {{"id", "p1"}, {"state", "paid"}, …});
//   const auto reply = bench.Call("payment.start/1", livery::gw::testing::Order(1234, "EUR"));
//   EXPECT_EQ(reply.message["state"], "captured");
//   EXPECT_EQ(bench.host.sent().at(0)["path"], "/v1/payments");
//   EXPECT_EQ(bench.Leaks(), "");
//
// The test is linked with the gateway's own sources. Calls go through the binary contract, as the
// host's do: what a test sees is what the host gets. Sockets, deadlines and crashes are not here;
// the conformance kit has those.
#ifndef LIVERY_GATEWAY_TESTING_HPP
#define LIVERY_GATEWAY_TESTING_HPP

#include <deque>
#include <stdexcept>
#include <string>
#include <vector>

#include <livery/gateway/gateway.hpp>

extern "C" const livery_gateway* livery_gateway_entry_v1(std::uint16_t host_major,
                                                         std::uint16_t host_minor);

namespace livery::gw::testing {

// Stands where a secret is used; nothing else looks like it.
inline std::string CanaryOf(const std::string& secret) { return "canary-" + secret + "-yranac"; }
inline bool HasCanary(const std::string& text) { return text.find("-yranac") != std::string::npos; }

// The host's side. Requests are answered in the order in which answers were given; one without an
// answer is an error of the test, and told as such.
class ScriptedHost {
 public:
    ScriptedHost() : abi_{sizeof(livery_host), 0, this, &ServeFor, &LogFor} {}
    ScriptedHost(const ScriptedHost&) = delete;
    ScriptedHost& operator=(const ScriptedHost&) = delete;

    // Header names in lower case.
    ScriptedHost& Answers(int status, const Json& body, const Json& headers = Json::object()) {
        return AnswersText(status, body.dump(), headers);
    }
    ScriptedHost& AnswersText(int status, const std::string& body,
                              const Json& headers = Json::object()) {
        script_.push_back(
            {LIVERY_OK, Json{{"status", status}, {"headers", headers}, {"body", body}}});
        return *this;
    }
    // No answer came: refused, reset, too late. The gateway must not guess what it is worth.
    ScriptedHost& Fails() {
        script_.push_back({LIVERY_NO_ANSWER, Json::object()});
        return *this;
    }
    void SetNow(std::int64_t unix_seconds) { now_ = unix_seconds; }

    // The `http.send/1` messages, in order.
    const std::vector<Json>& sent() const { return sent_; }
    const std::vector<std::string>& log() const { return log_; }
    // Answers that nobody asked for.
    std::size_t unused() const { return script_.size(); }
    // What the test forgot; empty: nothing.
    const std::string& trouble() const { return trouble_; }
    const std::map<std::string, std::string>& remembered() const { return store_; }
    const livery_host* abi() const { return &abi_; }

 private:
    struct Step {
        std::int32_t code;
        Json answer;
    };

    static std::int32_t ServeFor(void* self, const livery_call* call, livery_out* out) {
        return static_cast<ScriptedHost*>(self)->Serve(
            detail::TextOf(call->operation), Json::parse(detail::TextOf(call->body)), out);
    }
    static void LogFor(void* self, std::int32_t, livery_slice line) {
        static_cast<ScriptedHost*>(self)->log_.push_back(detail::TextOf(line));
    }

    std::int32_t Serve(const std::string& service, const Json& request, livery_out* out) {
        if (service == "http.send/1") return Send(request, out);
        if (service == "clock.now/1") return Done(out, {{"seconds", now_}});
        if (service == "kv.get/1") return Done(out, {{"value", store_[TextAt(request, "key")]}});
        if (service == "kv.put/1")
            return Remember(TextAt(request, "key"), TextAt(request, "value"), out);
        // Not a real one: a test of the gateway compares what was signed, not how.
        if (service == "crypto.hmac/1")
            return Done(out, {{"mac", "mac(" + TextAt(request, "secret") + "," +
                                          TextAt(request, "text") + ")"}});
        return LIVERY_UNSUPPORTED;
    }

    // As the host's store does: bounded, and never a secret; ids of digits alone like any other.
    std::int32_t Remember(const std::string& key, const std::string& value, livery_out* out) {
        const bool fits = !key.empty() && key.size() <= 100 && value.size() <= 4096;
        if (!fits || HasCanary(key) || HasCanary(value)) return LIVERY_REFUSED;
        store_[key] = value;
        return Done(out, Json::object());
    }

    std::int32_t Send(const Json& request, livery_out* out) {
        sent_.push_back(request);
        if (script_.empty()) {
            trouble_ = "no answer was given for " + TextAt(request, "method") + " " +
                       TextAt(request, "path");
            return LIVERY_REFUSED;
        }
        const Step step = script_.front();
        script_.pop_front();
        return step.code == LIVERY_OK ? Done(out, step.answer) : step.code;
    }

    static std::int32_t Done(livery_out* out, const Json& answer) {
        detail::Set(out, answer);
        return LIVERY_OK;
    }

    livery_host abi_;
    std::deque<Step> script_;
    std::vector<Json> sent_;
    std::vector<std::string> log_;
    std::map<std::string, std::string> store_;
    std::int64_t now_ = 1'700'000'000;
    std::string trouble_;
};

// What a call came to.
struct Reply {
    std::int32_t code = LIVERY_PLUGIN_FAULT;  // of abi.h
    Json message;                             // of LIVERY_OK; else perhaps {"message": why}
    bool Ok() const { return code == LIVERY_OK; }
};

// The gateway on a scripted host, with one configuration; keys that hold secrets get a canary each.
class Bench {
 public:
    // Throws std::runtime_error, with the gateway's words, when it does not take the configuration.
    Bench(Json config, std::initializer_list<const char*> secrets)
        : gateway_(livery_gateway_entry_v1(LIVERY_GATEWAY_ABI_MAJOR, LIVERY_GATEWAY_ABI_MINOR)) {
        for (const char* key : secrets) config[key] = CanaryOf(key);
        const std::string text = config.dump();
        Json why;
        livery_out error{&why, &Keep};
        if (gateway_->create(host.abi(), {text.data(), text.size()}, &instance_, &error) !=
            LIVERY_OK)
            throw std::runtime_error("the gateway does not take this configuration: " + why.dump());
    }
    ~Bench() { gateway_->destroy(instance_); }
    Bench(const Bench&) = delete;
    Bench& operator=(const Bench&) = delete;

    Reply Call(const std::string& operation, const Json& message) {
        const std::string body = message.dump();
        livery_call call{};
        call.size = sizeof call;
        call.operation = {operation.data(), operation.size()};
        call.body = {body.data(), body.size()};
        Reply reply;
        livery_out out{&reply.message, &Keep};
        reply.code = gateway_->invoke(instance_, &call, &out);
        answers_ += reply.message.dump();
        if (!host.trouble().empty()) throw std::logic_error(host.trouble());
        return reply;
    }

    // Where a secret got to that it must not: an answer, a log line, the body, path, query or
    // header of a request. Empty: nowhere. `auth` of a request is its place.
    std::string Leaks() const {
        if (HasCanary(answers_)) return "an answer: " + answers_;
        for (const std::string& line : host.log()) {
            if (HasCanary(line)) return "a log line: " + line;
        }
        for (Json request : host.sent()) {
            request.erase("auth");
            if (HasCanary(request.dump())) return "a request: " + request.dump();
        }
        return "";
    }

    ScriptedHost host;

 private:
    static void Keep(void* to, livery_slice answer) {
        *static_cast<Json*>(to) = Json::parse(detail::TextOf(answer));
    }

    const livery_gateway* gateway_;
    void* instance_ = nullptr;
    std::string answers_;
};

// The messages of the contract, with what they must have; a test adds the rest.
inline Json Amount(std::int64_t minor, const std::string& currency) {
    return {{"minor", minor}, {"currency", currency}};
}
inline Json Order(std::int64_t minor, const std::string& currency, const std::string& token = "") {
    Json message{{"idempotency_key", "key-0123456789abcdef"},
                 {"reference", "ref-1"},
                 {"amount", Amount(minor, currency)},
                 {"capture", "automatic"},
                 {"initiator", "customer"},
                 {"return_url", "https://shop.example/back"}};
    if (!token.empty()) message["method"] = {{"token", token}};
    return message;
}
inline Json Query(const std::string& provider_id, const std::string& reference = "ref-1") {
    Json message{{"reference", reference}};
    PutText(message, "provider_id", provider_id);
    return message;
}
inline Json Refund(const std::string& payment, std::int64_t minor, const std::string& currency) {
    return {{"idempotency_key", "key-refund-0123456789"},
            {"provider_id", payment},
            {"reference", "ref-refund-1"},
            {"amount", Amount(minor, currency)}};
}
inline Json Webhook(const Json& event, const Json& headers = Json::object()) {
    return {{"body", event.dump()}, {"headers", headers}};
}

}  // namespace livery::gw::testing

#endif
