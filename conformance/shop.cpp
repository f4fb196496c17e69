#include "conformance/shop.h"

#include <algorithm>
#include <limits>
#include <stdexcept>

#include <fmt/format.h>
#include <unistd.h>

#include "gateways/call_check.h"
#include "gateways/call_desk.h"
#include "gateways/mac.h"
#include "gateways/masking.h"
#include "gateways/message_book.h"
#include "gateways/outgoing.h"
#include "process/resident_memory.h"
#include "schema/bounded_json.h"

namespace livery::conformance {

using gateways::GatewayInstance;
using gateways::HelperProcess;
using gateways::SendFence;

namespace {

http::Client::Options Loopback() {
    http::Client::Options options;
    options.allow_loopback = true;
    return options;
}

std::string TextOf(const Json& json, const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : "";
}

std::string KeyIn(const http::OutgoingRequest& request, const std::string& header) {
    for (const auto& [name, value] : request.headers) {
        if (name == header) return value;
    }
    return "";
}

}  // namespace

std::string Reply::category() const {
    const auto error = message.find("error");
    return error != message.end() && error->is_object() ? error->value("category", "") : "";
}

std::string Reply::Words() const {
    if (answered()) return message.dump();
    return fmt::format("{} ({})", fate == Fate::kUnknown ? "unknown" : "nothing sent", fault);
}

// The host's services during one call, with the one fault of the plan.
class Desk final : public gateways::ServiceDesk {
 public:
    Desk(Shop& shop, Shop::Plan plan, HelperProcess::Clock::time_point deadline)
        : shop_(shop), plan_(plan), deadline_(deadline) {}

    std::int32_t Serve(std::string_view service, std::string_view request,
                       std::string& answer) override {
        const auto begun = HelperProcess::Clock::now();
        const auto& before = shop_.replay;
        const std::size_t turn = shop_.served_.size();
        if (before != nullptr && turn < before->size()) {
            answer = (*before)[turn].second;
            shop_.served_.push_back((*before)[turn]);
        } else {
            shop_.served_.emplace_back(Do(service, request, answer), answer);
        }
        spent_ += HelperProcess::Clock::now() - begun;
        return shop_.served_.back().first;
    }
    void Log(int, std::string_view line) override {
        shop_.said_ += line;
        shop_.logged_ += line;
    }

    const SendFence& fence() const { return fence_; }
    std::chrono::nanoseconds spent() const { return spent_; }

 private:
    std::int32_t Do(std::string_view service, std::string_view request, std::string& answer) {
        // As the host bounds them (call_desk.h): what passes here must not be refused there.
        if (++services_ > gateways::CallDesk::kMostServices) return LIVERY_REFUSED;
        if (request.size() > gateways::CallDesk::kMostRequest) return LIVERY_BAD_MESSAGE;
        const Json asked = schema::ParsedBounded(request);
        if (!asked.is_object()) return LIVERY_BAD_MESSAGE;
        if (service == "http.send/1") return Send(asked, answer);
        if (service == "clock.now/1")
            return Tell({{"seconds", shop_.Now() + shop_.clock_shift}}, answer);
        if (service == "kv.get/1")
            return Tell({{"value", (*shop_.store_)[TextOf(asked, "key")]}}, answer);
        if (service == "kv.put/1") {
            // Digits alone are no reason, a secret is.
            const std::string key = TextOf(asked, "key");
            const std::string value = TextOf(asked, "value");
            if (key.empty() || key.size() > gateways::KeyValueStore::kMostKey ||
                value.size() > gateways::KeyValueStore::kMostValue ||
                gateways::WithoutSecrets(key + value, used_) != key + value)
                return LIVERY_REFUSED;
            (*shop_.store_)[key] = value;
            return Tell(Json::object(), answer);
        }
        if (service == "crypto.hmac/1") return Sign(asked, answer);
        return LIVERY_UNSUPPORTED;
    }
    static std::int32_t Tell(const Json& told, std::string& answer) {
        answer = told.dump(-1, ' ', false, Json::error_handler_t::replace);
        return LIVERY_OK;
    }

    std::int32_t Sign(const Json& asked, std::string& answer) {
        used_.push_back(shop_.provider_.SecretOf(TextOf(asked, "secret")));
        const auto mac = gateways::Mac(TextOf(asked, "hash"), used_.back(), TextOf(asked, "text"));
        const auto text = mac ? gateways::Encoded(*mac, TextOf(asked, "encoding")) : std::nullopt;
        return text ? Tell({{"mac", *text}}, answer) : LIVERY_BAD_MESSAGE;
    }

    std::int32_t Send(const Json& asked, std::string& answer) {
        auto made =
            gateways::MakeOutgoing(asked, gateways::AllowedUrls(shop_.manifest().config, true),
                                   [this](const std::string& name) -> Result<std::string> {
                                       if (shop_.wrong_secrets) return std::string("no-such-key");
                                       std::string value = shop_.provider_.SecretOf(name);
                                       if (value.empty())
                                           return Error{ErrorCode::kNotFound, "no such secret", {}};
                                       return value;
                                   });
        if (!made) return LIVERY_REFUSED;
        used_.insert(used_.end(), made->secrets.begin(), made->secrets.end());
        Remember(asked, made->request);
        made->request.time_limit =
            std::chrono::ceil<std::chrono::milliseconds>(deadline_ - HelperProcess::Clock::now());
        if (made->request.time_limit.count() <= 0) return LIVERY_DEADLINE;
        const auto kind = made->safe ? SendFence::Kind::kSafe : SendFence::Kind::kUnsafe;
        const auto before = [&] { fence_.Begin(kind); };
        const bool turn = shop_.sent_.size() - 1 == plan_.request;
        const bool hit = plan_.fault != nullptr && turn;
        const http::Exchanged exchanged =
            hit ? SendUnder(*plan_.fault, shop_.client_, made->request, before)
                : shop_.client_.Send(made->request, before);
        if (turn && plan_.strike) plan_.strike(shop_.helper_->pid());
        const auto* got = std::get_if<http::IncomingAnswer>(&exchanged);
        if (got == nullptr) return LIVERY_NO_ANSWER;
        return Tell({{"status", got->status}, {"headers", got->headers}, {"body", got->body}},
                    answer);
    }

    void Remember(const Json& asked, const http::OutgoingRequest& request) {
        const std::string header = TextOf(asked, "key_header");
        shop_.sent_.push_back({request.method, request.url,
                               KeyIn(request, header.empty() ? "Idempotency-Key" : header),
                               request.body});
        if (shop_.replay != nullptr) return;
        Json shown = asked;
        shown.erase("auth");
        shop_.said_ += shown.dump(-1, ' ', false, Json::error_handler_t::replace);
    }

    Shop& shop_;
    Shop::Plan plan_;
    HelperProcess::Clock::time_point deadline_;
    SendFence fence_;
    std::vector<std::string> used_;  // secrets
    int services_ = 0;
    std::chrono::nanoseconds spent_{0};
};

Shop::Shop(Options options, Double& provider)
    : Shop(options, provider,
           gateways::GatewayFiles::Examine(options.file, options.helper_program)) {
    if (!file_.refused.empty()) throw std::runtime_error(options_.file + ": " + file_.refused);
    if (provider_.Token("ok").empty())
        throw std::runtime_error(
            "the double of the provider names no method that pays: give it a token for the course "
            "`ok` (`about`, member `tokens`); without one payment nothing can be certified");
}

Shop::Shop(Options options, Double& provider, gateways::GatewayFile file)
    : options_(std::move(options)),
      provider_(provider),
      file_(std::move(file)),
      client_(Loopback()) {}

std::unique_ptr<Shop> Shop::Neighbour() const {
    return std::unique_ptr<Shop>(new Shop(options_, provider_, file_));
}

Shop::~Shop() = default;

bool Shop::Takes(const std::string& currency) const {
    const auto& known = manifest().currencies;
    return std::find(known.begin(), known.end(), currency) != known.end();
}

std::string Shop::NewReference() { return fmt::format("certify-{}-{}", ::getpid(), ++references_); }

Reply Shop::Call(const std::string& operation, const Json& message, Plan plan) {
    sent_.clear();
    std::string wrong = gateways::CallObjection(manifest(), operation, message);
    if (!wrong.empty()) return {Reply::Fate::kNothingSent, {}, std::move(wrong), LIVERY_REFUSED};
    return Invoke(provider_.Config().dump(), operation, message, plan);
}

Reply Shop::CallWith(const Json& config, const std::string& operation, const Json& message) {
    sent_.clear();
    return Invoke(config.dump(), operation, message, Plan{});
}

void Shop::StartHelper() {
    if (helper_ != nullptr && helper_->running()) return;
    auto started = HelperProcess::Start({options_.helper_program, options_.file});
    if (!started) throw std::runtime_error(started.error().message);
    helper_ = *std::move(started);
    made_.clear();
}

std::int64_t Shop::Now() const {
    return std::chrono::floor<std::chrono::seconds>(clock_.Now()).time_since_epoch().count();
}

pid_t Shop::helper() {
    StartHelper();
    return helper_->pid();
}

std::int64_t Shop::resident_bytes() {
    return static_cast<std::int64_t>(process::ResidentMemory(helper()).Bytes());
}

void Shop::Crash() { helper_.reset(); }

Reply Shop::Recreate(const Json& config) {
    StartHelper();
    const auto deadline = HelperProcess::Clock::now() + limit;
    Desk desk(*this, Plan{}, deadline);
    const auto outcome = helper_->Create("again", config.dump(), deadline, desk);
    Reply reply;
    reply.alive = outcome.end == HelperProcess::End::kAnswered;
    reply.code = outcome.answer.code;
    reply.fault = outcome.answer.text;
    return reply;
}

// A kept method is charged with the customer that it belongs to, unless the check names another.
Json Shop::WithOwner(Json message) const {
    const Json method = message.is_object() ? message.value("method", Json()) : Json();
    if (!method.is_object() || message.contains("customer")) return message;
    const std::string owner = provider_.CustomerOf(method.value("token", ""));
    if (!owner.empty()) message["customer"] = owner;
    return message;
}

Reply Shop::Invoke(const std::string& config, const std::string& operation, const Json& message,
                   Plan plan) {
    StartHelper();
    const auto deadline = HelperProcess::Clock::now() + limit;
    // The gateway learns of the end a moment before it is ended.
    Desk desk(*this, plan, deadline - limit / 10);
    served_.clear();
    HelperProcess::Outcome outcome{HelperProcess::End::kAnswered, {LIVERY_OK, ""}};
    if (!made_.contains(config)) outcome = helper_->Create(config, config, deadline, desk);
    if (outcome.end == HelperProcess::End::kAnswered && outcome.answer.code == LIVERY_OK) {
        made_.insert(config);
        const std::string body = WithOwner(message).dump();
        const auto begun = HelperProcess::Clock::now();
        const auto worked = helper_->computed();
        outcome =
            helper_->Invoke(config, {operation, body, 1, clock_.Now() + limit}, deadline, desk);
        own_time_ = HelperProcess::Clock::now() - begun - desk.spent();
        own_work_ = helper_->computed() - worked;
    }
    return ReplyTo(operation, outcome.end == HelperProcess::End::kAnswered, outcome.answer,
                   desk.fence());
}

Reply Shop::CallThrough(gateways::GatewayPool& pool, const std::string& operation,
                        const Json& message) {
    sent_.clear();
    const auto deadline = HelperProcess::Clock::now() + limit;
    Desk desk(*this, Plan{}, deadline - limit / 10);
    const std::string config = provider_.Config().dump();
    const std::string body = WithOwner(message).dump();
    gateways::GatewayPool::Wanted wanted{"certify/cards", config, "certify", options_.file, config};
    wanted.parallel = std::numeric_limits<int>::max();
    wanted.start_limit = limit;
    const auto outcome =
        pool.Call(wanted, {operation, body, 1, clock_.Now() + limit}, deadline, desk);
    return ReplyTo(operation, outcome.end == gateways::GatewayPool::Outcome::End::kAnswered,
                   outcome.answer, desk.fence());
}

Reply Shop::ReplyTo(const std::string& operation, bool alive, const GatewayInstance::Answer& answer,
                    const SendFence& fence) {
    Reply reply;
    reply.alive = alive;
    reply.code = answer.code;
    reply.fault = alive ? answer.text : "the helper ended";
    // 10,000 of the same say nothing new.
    if (replay == nullptr) said_ += answer.text;
    if (reply.code != LIVERY_OK) logged_ += answer.text;
    reply.fate = fence.Judge() == SendFence::Verdict::kUnknown ? Reply::Fate::kUnknown
                                                               : Reply::Fate::kNothingSent;
    if (!reply.alive || reply.code != LIVERY_OK) return reply;
    const auto& book = gateways::MessageBook::V1();
    const auto* found = book.Find(operation);
    Json result = schema::ParsedBounded(answer.text);
    if (found != nullptr) {
        book.ReadUnknownWords(found->result, result);
        std::string wrong = book.Objection(found->result, result);
        if (wrong.empty()) wrong = gateways::ActionObjection(result);
        if (!wrong.empty()) {
            reply.fault = "not as its schema says: " + wrong;
            reply.code = LIVERY_PLUGIN_FAULT;
            return reply;
        }
    }
    reply.fate = Reply::Fate::kAnswered;
    reply.message = std::move(result);
    return reply;
}

}  // namespace livery::conformance
