#include "conformance/checks/groups.h"

namespace livery::conformance::sca {

namespace {

struct Begun {
    std::string reference;
    Json payment;
    std::string page;
};

Begun Begin(Shop& shop) {
    Need(shop, "redirect");
    Begun begun{shop.NewReference(), {}, ""};
    const Reply reply = shop.Call("payment.start/1", Order(begun.reference, 1'000, "EUR", ""));
    Expect(reply.state() == "requires_action", "without a method there is no page", reply);
    begun.payment = reply.message;
    begun.page = reply.message.at("action").value("url", "");
    Expect(begun.page.starts_with("http"), "the action is no page", reply);
    return begun;
}

std::string StateAfterReturn(Shop& shop, const Begun& begun, const Json& query) {
    return Done(shop, "payment.continue/1",
                {{"provider_id", begun.payment.value("provider_id", "")},
                 {"reference", begun.reference},
                 {"query", query}})
        .state();
}

// Of what is on a page nobody is told, unless it was paid.
bool Undecided(const Shop& shop, const std::string& state) {
    return state == "requires_action" || (IsTold(shop) && state == "pending");
}

// Where the bank's page is reached by a form only: without its method or one of its fields who pays
// comes to no page.
void LeadByForm(Shop& shop) {
    const std::string token = shop.provider().Token("challenge_by_post");
    if (token.empty()) return;
    const std::string reference = shop.NewReference();
    const Reply reply = shop.Call("payment.start/1", Order(reference, 1'000, "EUR", token));
    Expect(reply.state() == "requires_action", "the bank's question is no action", reply);
    const Json& action = reply.message.at("action");
    Expect(action.value("method", "GET") == "POST", "the page wants a form", reply);
    shop.provider().Visit(action.at("url").get<std::string>(), "confirm",
                          action.at("fields").get<Double::Fields>());
    Expect(Lookup(shop, reply.message.value("provider_id", ""), reference)["state"] == "captured",
           "who came by the form could not pay", reply);
}

}  // namespace

void RedirectReturned(Shop& shop) {
    const Begun begun = Begin(shop);
    Expect(begun.payment.at("action").at("kind") == "redirect", begun.payment.dump());
    Expect(Moved(shop, begun.reference).empty(), "money moved before the customer paid");
    LeadByForm(shop);
}

void ReturnSuccess(Shop& shop) {
    const Begun begun = Begin(shop);
    shop.provider().Visit(begun.page, "challenge");
    Expect(Undecided(shop, StateAfterReturn(shop, begun, Json::object())),
           "it is decided before the bank was answered");
    shop.provider().Visit(begun.page, "confirm");
    Expect(StateAfterReturn(shop, begun, Json::object()) == "captured", "it is not captured");
    Expect(Moved(shop, begun.reference) == "payment 1000 EUR", Moved(shop, begun.reference));
}

void ReturnCancelled(Shop& shop) {
    const Begun begun = Begin(shop);
    shop.provider().Visit(begun.page, "cancel");
    Expect(StateAfterReturn(shop, begun, Json::object()) == "cancelled", "it is not cancelled");
}

void BrowserNeverReturns(Shop& shop) {
    const Begun paid = Begin(shop);
    shop.provider().Visit(paid.page, "ok");
    const auto found = [&](const Begun& begun) {
        return Lookup(shop, begun.payment.value("provider_id", ""), begun.reference)["state"];
    };
    Expect(found(paid) == "captured", "a lookup does not find it paid");
    const Begun left = Begin(shop);
    constexpr std::int64_t kMonth = 30 * 86'400;
    shop.provider().Advance(kMonth);
    shop.clock_shift = kMonth;
    const std::string state = found(left);
    shop.clock_shift = 0;
    Expect(state == "expired" || state == "cancelled", "what was left alone is " + state);
}

void ForgedReturn(Shop& shop) {
    const Begun begun = Begin(shop);
    const Json forged{{"state", "paid"}, {"status", "success"}, {"result", "captured"}};
    const std::string state = StateAfterReturn(shop, begun, forged);
    Expect(state == "requires_action" || state == "pending", "a forged query makes it " + state);
    Expect(Moved(shop, begun.reference).empty(), Moved(shop, begun.reference));
}

void ReturnTwice(Shop& shop) {
    const Begun begun = Begin(shop);
    shop.provider().Visit(begun.page, "ok");
    for (int time = 0; time < 2; ++time)
        Expect(StateAfterReturn(shop, begun, Json::object()) == "captured", "it is not captured");
    Expect(Moved(shop, begun.reference) == "payment 1000 EUR", Moved(shop, begun.reference));
}

void Frictionless(Shop& shop) {
    const Json paid = Pay(shop, shop.NewReference(), 1'000, "frictionless", "captured");
    Expect(!paid.contains("action"), "an action where none is: " + paid.dump());
}

void OffSession(Shop& shop) {
    Need(shop, "charge_later");
    Json order = Order(shop.NewReference(), 1'000, "EUR", NeedToken(shop, "challenge_always"));
    order["initiator"] = "merchant_recurring";
    const Reply reply = shop.Call("payment.start/1", order);
    Expect(reply.category() == "authentication_required", "it is not authentication_required",
           reply);
    Expect(reply.message["error"].value("advice", "") == "authenticate", "the advice is another",
           reply);
}

void ChallengeFailed(Shop& shop) {
    const Begun begun = Begin(shop);
    shop.provider().Visit(begun.page, "challenge_fails");
    shop.provider().Visit(begun.page, "confirm");
    const Json ended = Lookup(shop, begun.payment.value("provider_id", ""), begun.reference);
    Expect(ended["state"] == "declined" && ended["error"]["hardness"] == "hard", ended.dump());
    Expect(ended["error"]["reason"] == "authentication_failed", ended.dump());
}

}  // namespace livery::conformance::sca
