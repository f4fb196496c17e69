// SEC: what must be found nowhere.
#include <fmt/format.h>

#include "conformance/checks/groups.h"

namespace livery::conformance::sec {

namespace {

constexpr const char* kNumber = "4242 4242 4242 4242";

Json PlainOrder(Shop& shop, const std::string& course) {
    return Order(shop.NewReference(), 100, "EUR", NeedToken(shop, course));
}

}  // namespace

void CardNumbers(Shop& shop) {
    for (const char* field : {"descriptor", "locale", "metadata"}) {
        Json order = PlainOrder(shop, "ok");
        order[field] = kNumber;
        if (field == std::string("metadata")) order[field] = {{"note", kNumber}};
        const Reply reply = shop.Call("payment.start/1", order);
        Expect(reply.fate == Reply::Fate::kNothingSent && shop.sent().empty(),
               fmt::format("a card number in `{}` is sent", field), reply);
    }
    const auto before = shop.logged().size();
    Reply reply = shop.Call("payment.start/1", PlainOrder(shop, "ok"),
                            {0, FindWireFault("card_number_in_error")});
    // The words of an error are masked by the host before anybody sees them.
    reply.message.erase("error");
    const std::string said = reply.message.dump() + shop.logged().substr(before);
    // That one: an id of the provider's may be right by the check digit as well.
    Expect(said.find("4242424242424242") == std::string::npos, "it passes on the card number",
           reply);
}

void PersonsInLogs(Shop& shop) {
    const auto before = shop.logged().size();
    for (const char* fault : {"", "html_page", "error_500", "not_utf8", "reset_after_send"}) {
        Json order = PlainOrder(shop, *fault == '\0' ? "insufficient_funds" : "ok");
        order["metadata"] = {{"name", "Canary-Name"}};
        order["browser"] = {{"address", "203.0.113.77"}, {"user_agent", "Canary-Agent"}};
        shop.Call("payment.start/1", order, {0, FindWireFault(fault)});
        if (!shop.Can("setup")) continue;
        const std::string reference = shop.NewReference();
        shop.Call("setup.start/1",
                  {{"idempotency_key", KeyOf(reference)},
                   {"reference", reference},
                   {"email", "canary@person.example"},
                   {"name", "Canary-Name"},
                   {"currency", "EUR"},
                   {"return_url", "https://shop.example/back"}},
                  {0, FindWireFault(fault)});
    }
    const std::string logged = shop.logged().substr(before);
    for (const char* canary :
         {"Canary-Name", "203.0.113.77", "Canary-Agent", "canary@person.example"})
        Expect(logged.find(canary) == std::string::npos, fmt::format("{} is logged", canary));
}

}  // namespace livery::conformance::sec
