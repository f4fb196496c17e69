#include "conformance/portal.h"

#include <fmt/format.h>

#include "conformance/learning.h"
#include "gateways/mac.h"

namespace livery::conformance {

Json Amount(std::int64_t minor, const std::string& currency) {
    return {{"minor", minor}, {"currency", currency}};
}

std::string KeyOf(const std::string& what) {
    return gateways::Encoded(*gateways::Mac("sha256", "certify", what), "hex")->substr(0, 40);
}

Json Order(const std::string& reference, std::int64_t minor, const std::string& currency,
           const std::string& token) {
    Json order{{"idempotency_key", KeyOf(reference)},
               {"reference", reference},
               {"amount", Amount(minor, currency)},
               {"capture", "automatic"},
               {"initiator", "customer"},
               {"return_url", "https://shop.example/back"}};
    if (!token.empty()) order["method"] = {{"token", token}};
    return order;
}

Json LookupOf(const std::string& provider_id, const std::string& reference) {
    // The contract wants one beside every id.
    Json query{{"reference", reference.empty() ? "certify" : reference}};
    if (!provider_id.empty()) query["provider_id"] = provider_id;
    return query;
}

Json CaptureOf(const Json& payment, std::int64_t minor, const std::string& currency) {
    const std::string id = payment.at("provider_id");
    return {{"idempotency_key", KeyOf(fmt::format("capture {} {}", id, minor))},
            {"provider_id", id},
            {"reference", "capture"},
            {"amount", Amount(minor, currency)}};
}

Json CancelOf(const Json& payment) {
    const std::string id = payment.at("provider_id");
    return {
        {"idempotency_key", KeyOf("cancel " + id)}, {"provider_id", id}, {"reference", "cancel"}};
}

Json RefundOf(const Json& payment, const std::string& reference, std::int64_t minor,
              const std::string& currency) {
    return {{"idempotency_key", KeyOf("refund " + reference)},
            {"provider_id", payment.at("provider_id")},
            {"reference", reference},
            {"amount", Amount(minor, currency)}};
}

namespace {

// A lookup that came with an error learnt nothing.
bool LearntNothing(const Reply& reply) {
    return !reply.answered() || reply.category() == "rate_limited" ||
           reply.category() == "provider_unavailable" || reply.category() == "configuration";
}
// And so did one that says nothing certain.
bool Learnt(const Reply& reply) { return !LearntNothing(reply) && reply.state() != "pending"; }
bool SaysUndone(const Reply& reply, const Errand& errand) {
    return !LearntNothing(reply) && reply.state() == errand.undone;
}
Reply Settle(Shop& shop, const Reply& reply, const Errand& errand) {
    if (errand.lookup_operation.empty()) return reply;
    return Settled(shop, reply, errand.lookup_operation, errand.lookup);
}

// Refused before anything was done, for now: asked again later, under the same key.
bool ForLater(const Reply& reply) {
    return reply.answered() &&
           (reply.category() == "rate_limited" || reply.category() == "provider_unavailable");
}

// A provider that finds nothing by our reference, but answers a repeat with what the key has made.
bool OnlyRepeatTells(const Shop& shop, const Reply& lookup) {
    return lookup.code == LIVERY_UNSUPPORTED && shop.Can("native_idempotency") &&
           !shop.Can("lookup_by_reference");
}

}  // namespace

Belief RunErrand(Shop& shop, const Errand& errand, Shop::Plan plan) {
    Belief belief = Resume(shop, errand, shop.Call(errand.operation, errand.message, plan));
    ++belief.sendings;
    return belief;
}

Belief Resume(Shop& shop, const Errand& errand, Reply first) {
    Belief belief;
    belief.last = std::move(first);
    const auto judge_sending = [&] {
        const bool asked_anew = errand.once_more && belief.last.state() == "failed";
        const bool again =
            belief.last.fate == Reply::Fate::kNothingSent || ForLater(belief.last) || asked_anew;
        // What a wrong answer left pending is looked up; what has days to come is followed below.
        const bool pending = belief.last.state() == "pending" &&
                             (!MayDecideLater(shop) || errand.lookup_operation.empty());
        belief.decided = belief.last.answered() && !again && !pending;
        return again || (!belief.decided && errand.lookup_operation.empty());
    };
    bool send = judge_sending();
    for (int trial = 1; trial < 6 && !belief.decided; ++trial) {
        if (send) {
            belief.last =
                shop.Call(errand.operation, errand.once_more ? errand.once_more() : errand.message);
            ++belief.sendings;
            send = judge_sending();
        } else {
            Hear(shop);
            belief.last = shop.Call(errand.lookup_operation, errand.lookup);
            ++belief.lookups;
            // It was not done, and may be sent again.
            send = SaysUndone(belief.last, errand) || OnlyRepeatTells(shop, belief.last);
            if (!send) belief.last = Settle(shop, belief.last, errand);
            belief.decided = Learnt(belief.last) && !send;
        }
    }
    if (belief.decided) belief.last = Settle(shop, belief.last, errand);
    return belief;
}

Reply CallUnder(Shop& shop, const Errand& errand, std::size_t request, const WireFault& fault) {
    const auto limit = shop.limit;
    // As long as the provider takes for its answers, and no longer.
    if (fault.drips) shop.limit = std::chrono::milliseconds(500);
    shop.clock_shift = fault.clock_shift;
    Reply reply = shop.Call(errand.operation, errand.message, {request, &fault});
    shop.clock_shift = 0;
    shop.limit = limit;
    if (!fault.host_ends) return reply;
    shop.Crash();
    return {Reply::Fate::kUnknown, Json::object(), "the host was ended", 0, false};
}

// Where time lies between an order and its money, nobody may be ahead of the bank.
void ExpectBooked(Shop& shop, const std::string& reference, const Reply& reply) {
    if (reply.state() != "captured" || !MayDecideLater(shop)) return;
    Expect(!shop.provider().Ledger(reference).empty(), "it is captured, and nothing has moved",
           reply);
}

Json Pay(Shop& shop, const std::string& reference, std::int64_t minor, const std::string& course,
         const char* state, const Json& more) {
    Json order = Order(reference, minor, more.value("currency", "EUR"), NeedToken(shop, course));
    Json rest = more;
    rest.erase("currency");
    order.update(rest);
    const bool waits = std::string_view(state) != "pending";
    const Reply reply =
        waits ? Done(shop, "payment.start/1", order) : shop.Call("payment.start/1", order);
    Expect(reply.state() == state, fmt::format("a payment `{}` is not {}", course, state), reply);
    ExpectBooked(shop, reference, reply);
    return reply.message;
}

Json Lookup(Shop& shop, const std::string& provider_id, const std::string& reference) {
    Hear(shop);
    const Reply reply = shop.Call("payment.lookup/1", LookupOf(provider_id, reference));
    Expect(reply.answered(), "a lookup is not answered", reply);
    return reply.message;
}

std::string Moved(Shop& shop, const std::string& reference) {
    LetItBeDecided(shop);
    std::string text;
    for (const Double::Movement& one : shop.provider().Ledger(reference))
        text +=
            fmt::format("{}{} {} {}", text.empty() ? "" : ", ", one.kind, one.amount, one.currency);
    return text;
}

std::int64_t MinorOf(const Json& result, const char* member) {
    const auto found = result.find(member);
    return found == result.end() ? -1 : found->at("minor").get<std::int64_t>();
}

}  // namespace livery::conformance
