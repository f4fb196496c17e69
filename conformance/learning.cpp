#include "conformance/learning.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "gateways/webhook.h"

namespace livery::conformance {

namespace {

constexpr std::chrono::hours kDay{24};

// The payment that an operation is about, or the refund that it makes.
struct Question {
    std::string operation;
    Json message;
};

Question About(const std::string& operation, const Json& message) {
    const Json reference = message.value("reference", "certify");
    if (operation == "refund.create/1")
        return {"refund.lookup/1",
                {{"payment", message.value("provider_id", "")}, {"reference", reference}}};
    Json lookup{{"reference", reference}};
    if (message.contains("provider_id")) lookup["provider_id"] = message["provider_id"];
    return {"payment.lookup/1", lookup};
}

// A busy machine takes its time.
void WaitUntilTold(Shop& shop) {
    for (int patience = 0; patience < 5 && !shop.provider().HasToldAll(); ++patience) continue;
}

// What was not answered learnt nothing, and is asked again.
Reply Asked(Shop& shop, const std::string& operation, const Json& lookup) {
    Reply reply = shop.Call(operation, lookup);
    for (int more = 0; more < 3 && !reply.answered() && reply.code != LIVERY_UNSUPPORTED; ++more)
        reply = shop.Call(operation, lookup);
    return reply;
}

void Take(Shop& shop, const Delivered& delivered) {
    const gateways::WebhookScheme& scheme = *shop.manifest().webhook;
    const std::string secret =
        shop.provider().SecretOf(shop.provider().Config().value(scheme.secret, ""));
    const std::string wrong = gateways::WebhookObjection(
        scheme, {"http://127.0.0.1/hooks/cards", delivered.headers, delivered.body}, {secret},
        std::chrono::seconds(shop.Now()));
    Expect(wrong.empty(), "what the provider tells is refused: " + wrong);
    const Reply reply =
        shop.Call("event.parse/1", {{"body", delivered.body}, {"headers", Json::object()}});
    if (!reply.answered()) return;
    for (const Json& event : reply.message.at("events")) {
        const std::string id = event.value("provider_id", "");
        if (!id.empty()) shop.told[event.value("reference", "")] = id;
    }
}

// Who is told, and does not ask, may take a page for open on which somebody has paid.
bool IsOpen(const Shop& shop, const Reply& reply) {
    return reply.state() == "pending" || (IsTold(shop) && reply.state() == "requires_action");
}

}  // namespace

bool DecidesDaysLater(const Shop& shop) {
    static constexpr std::array<std::string_view, 2> kAtOnce{"card", "wallet"};
    const auto& methods = shop.manifest().methods;
    return std::none_of(methods.begin(), methods.end(), [](const std::string& method) {
        return std::find(kAtOnce.begin(), kAtOnce.end(), method) != kAtOnce.end();
    });
}

bool IsTold(const Shop& shop) {
    return !shop.Can("lookup_by_reference") && shop.manifest().webhook.has_value();
}

bool MayDecideLater(const Shop& shop) { return DecidesDaysLater(shop) || IsTold(shop); }

void Hear(Shop& shop) {
    if (!IsTold(shop)) return;
    WaitUntilTold(shop);
    for (const Delivered& delivered : shop.provider().Hooks(0)) Take(shop, delivered);
}

void LetItBeDecided(Shop& shop) {
    if (!MayDecideLater(shop)) return;
    if (DecidesDaysLater(shop))
        shop.provider().Advance(std::chrono::seconds(shop.manifest().decides_within).count());
    WaitUntilTold(shop);
}

Reply Done(Shop& shop, const std::string& operation, const Json& message) {
    const Question question = About(operation, message);
    return Settled(shop, shop.Call(operation, message), question.operation, question.message);
}

Reply Settled(Shop& shop, Reply reply, const std::string& lookup_operation, Json lookup) {
    if (!MayDecideLater(shop) || !IsOpen(shop, reply)) return reply;
    const std::string id = reply.message.value("provider_id", "");
    if (!id.empty()) lookup["provider_id"] = id;
    const auto most = DecidesDaysLater(shop) ? shop.manifest().decides_within : kDay * 0;
    for (std::chrono::hours passed{0};; passed += kDay) {
        Hear(shop);
        reply = Asked(shop, lookup_operation, lookup);
        if (!IsOpen(shop, reply) || passed >= most) return reply;
        shop.provider().Advance(std::chrono::seconds(kDay).count());
    }
}

Reply Found(Shop& shop, const std::string& lookup_operation, Json lookup) {
    Hear(shop);
    const auto told = shop.told.find(lookup.value("reference", ""));
    if (told != shop.told.end() && !lookup.contains("provider_id"))
        lookup["provider_id"] = told->second;
    return Settled(shop, shop.Call(lookup_operation, lookup), lookup_operation, lookup);
}

}  // namespace livery::conformance
