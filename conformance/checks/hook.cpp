#include <algorithm>
#include <functional>
#include <optional>

#include <fmt/format.h>

#include "conformance/checks/groups.h"
#include "conformance/checks/operations.h"
#include "gateways/mac.h"
#include "gateways/webhook.h"

namespace livery::conformance::hook {

namespace {

using std::chrono::seconds;

const gateways::WebhookScheme& SchemeOf(const Shop& shop) {
    if (!shop.manifest().webhook) throw NotApplicable("the manifest declares no webhook");
    return *shop.manifest().webhook;
}

seconds Now(const Shop& shop) { return seconds(shop.Now()); }

// All that the provider tells, news of other payments too, until some of it was enough. A busy
// machine takes its time.
void Listen(Shop& shop, const std::function<bool(const Delivered&)>& is_enough) {
    const auto end = std::chrono::steady_clock::now() + seconds(30);
    for (bool enough = false; !enough && std::chrono::steady_clock::now() < end;) {
        for (const Delivered& delivered : shop.provider().Hooks(1))
            enough = is_enough(delivered) || enough;
    }
}

// What the provider sends about one payment.
Delivered About(Shop& shop, const std::string& reference) {
    std::optional<Delivered> found;
    Listen(shop, [&](const Delivered& delivered) {
        if (!found && delivered.body.find(reference) != std::string::npos) found = delivered;
        return found.has_value();
    });
    if (!found) throw Failed("the double delivered nothing");
    return *found;
}

// What it sends when a payment is made.
Delivered Caught(Shop& shop, const std::string& course = "ok") {
    SchemeOf(shop);
    const std::string reference = shop.NewReference();
    shop.Call("payment.start/1", Order(reference, 1'000, "EUR", NeedToken(shop, course)));
    return About(shop, reference);
}

std::string Objection(Shop& shop, const Delivered& delivered, seconds now,
                      std::vector<std::string> secrets = {}) {
    const gateways::WebhookScheme& scheme = SchemeOf(shop);
    const std::string secret =
        shop.provider().SecretOf(shop.provider().Config().value(scheme.secret, ""));
    secrets.push_back(secret);
    return gateways::WebhookObjection(
        scheme, {"http://127.0.0.1/hooks/cards", delivered.headers, delivered.body}, secrets, now);
}

Reply Parse(Shop& shop, const std::string& body) {
    return shop.Call("event.parse/1", {{"body", body}, {"headers", Json::object()}});
}

Json::json_pointer At(const std::string& dotted) {
    std::string path = "/" + dotted;
    std::replace(path.begin(), path.end(), '.', '/');
    return Json::json_pointer(path);
}

// Each value of an item that is signed, changed; and the signature, changed and left out.
void BadItems(Shop& shop) {
    const gateways::SignedItems& items = *SchemeOf(shop).items;
    const Delivered delivered = Caught(shop);
    std::vector<std::string> members = items.fields;
    members.push_back(items.signature);
    for (const std::string& member : members) {
        for (const Json& other : {Json("Z"), Json("")}) {
            Json body = Json::parse(delivered.body);
            Json& first = body[At(items.items)].at(0);
            Json& item = items.item.empty() ? first : first[At(items.item)];
            Json& value = item[At(member)];
            if (value == other || (value.is_null() && other == "")) continue;
            value = other;
            const Delivered forged{delivered.headers, body.dump()};
            Expect(!Objection(shop, forged, Now(shop)).empty(),
                   "another `" + member + "` is taken");
        }
    }
}

}  // namespace

void ValidSignature(Shop& shop) {
    const Delivered delivered = Caught(shop);
    Expect(Objection(shop, delivered, Now(shop)).empty(), Objection(shop, delivered, Now(shop)));
    const Reply reply = Parse(shop, delivered.body);
    Expect(reply.answered(), "it cannot be read", reply);
    const Json event = reply.message.at("events").at(0);
    Expect(event.at("about") == "payment" && !event.value("id", "").empty(), event.dump());
    const Json query = LookupOf(event.value("provider_id", ""), event.value("reference", ""));
    const Reply found =
        Settled(shop, shop.Call("payment.lookup/1", query), "payment.lookup/1", query);
    Expect(found.state() == "captured", "it leads to no payment", found);
}

void BadSignature(Shop& shop) {
    if (SchemeOf(shop).items) return BadItems(shop);
    Delivered delivered = Caught(shop);
    const std::string& header = SchemeOf(shop).header;
    for (auto& [name, value] : delivered.headers) {
        if (name.size() == header.size() && value.size() > 8) {
            const char last = value.back();
            Delivered forged = delivered;
            forged.headers[name].back() = last == '0' ? '1' : '0';
            Expect(
                !Objection(shop, forged, Now(shop)).empty() || forged.headers == delivered.headers,
                "a wrong signature is taken");
        }
    }
    Delivered bare = delivered;
    bare.headers.clear();
    Expect(!Objection(shop, bare, Now(shop)).empty(), "no signature is taken");
}

void OverRawBytes(Shop& shop) {
    if (SchemeOf(shop).items)
        throw NotApplicable("the items' values are signed, not the bytes that carry them");
    Delivered delivered = Caught(shop);
    const Json same = Json::parse(delivered.body);
    delivered.body = delivered.body == same.dump(2) ? same.dump() : same.dump(2);
    Expect(!Objection(shop, delivered, Now(shop)).empty(), "other bytes are taken");
}

void TooOldOrFuture(Shop& shop) {
    if (SchemeOf(shop).signs.find("{time}") == std::string::npos)
        throw NotApplicable("the scheme signs no time");
    const Delivered delivered = Caught(shop);
    // As the reference has it: five minutes.
    for (const seconds shift : {seconds(-330), seconds(330)})
        Expect(!Objection(shop, delivered, Now(shop) + shift).empty(),
               "what was signed more than five minutes away is taken");
}

void TwoSecrets(Shop& shop) {
    const Delivered delivered = Caught(shop);
    Expect(Objection(shop, delivered, Now(shop), {"the-next-one"}).empty(),
           "while keys are changed nothing is taken");
}

// The host drops the second of an id, so a repeat must have the same.
void SameIdAgain(Shop& shop) {
    const Delivered first = Caught(shop);
    const Reply once = Parse(shop, first.body);
    Expect(once.message == Parse(shop, first.body).message, "a repeat is another event", once);
    const Delivered other = Caught(shop);
    Expect(once.message["events"][0]["id"] != Parse(shop, other.body).message["events"][0]["id"],
           "two events have one id", once);
}

// The last comes first: what is believed is what the lookup says.
void OutOfOrder(Shop& shop) {
    SchemeOf(shop);
    shop.provider().Hooks(0);
    const std::string reference = shop.NewReference();
    Pay(shop, reference, 1'000, "pending_paid", "pending");
    shop.provider().Advance(DecidesDaysLater(shop)
                                ? std::chrono::seconds(shop.manifest().decides_within).count()
                                : 3'600);
    // Moving the clock brings news of other payments too.
    std::vector<Json> events;
    Listen(shop, [&](const Delivered& delivered) {
        const Json event = Parse(shop, delivered.body).message.at("events").at(0);
        if (event.value("reference", "") == reference) events.push_back(event);
        return events.size() >= 2;
    });
    // A debit takes more turns than two.
    Expect(events.size() == 2 || (DecidesDaysLater(shop) && events.size() > 2),
           "the double did not tell of both turns");
    std::reverse(events.begin(), events.end());
    for (const Json& event : events) {
        Expect(Lookup(shop, event.value("provider_id", ""), "")["state"] == "captured",
               "an event out of order undoes the payment: " + event.dump());
    }
}

void OfOtherTenant(Shop& shop) {
    const Delivered delivered = Caught(shop);
    Expect(!gateways::WebhookObjection(
                SchemeOf(shop), {"http://127.0.0.1/hooks/cards", delivered.headers, delivered.body},
                {"the-key-of-another"}, Now(shop))
                .empty(),
           "signed for one tenant, taken by another");
}

void BatchWithBadItem(Shop& shop) {
    SchemeOf(shop);
    if (!shop.provider().traits().batches) throw Waived("the provider sends one event at a time");
    const auto& items = SchemeOf(shop).items;
    if (!items)
        throw NotApplicable("one signature is over the whole: no item of it can be bad alone");
    Delivered delivered = Caught(shop);
    Json body = Json::parse(delivered.body);
    Json& list = body[At(items->items)];
    Json bad = list.at(0);
    Json& item = items->item.empty() ? bad : bad[At(items->item)];
    for (const std::string& field : items->fields) {
        Json& value = item[At(field)];
        if (value.is_string()) value = value.get<std::string>() + "Z";
    }
    list.push_back(bad);
    delivered.body = body.dump();
    Expect(!Objection(shop, delivered, Now(shop)).empty(), "beside a good item a bad one is taken");
}

// What the manifest says is what the provider wants to hear, and nothing else will do.
void ExactAcknowledgement(Shop& shop) {
    const gateways::WebhookScheme& scheme = SchemeOf(shop);
    shop.provider().Acknowledge(scheme.accepted, scheme.accepted_body);
    Caught(shop);
    const bool taken = shop.provider().HasToldAll();
    shop.provider().Acknowledge(500, "");
    Caught(shop);
    const bool any_will_do = shop.provider().HasToldAll();
    shop.provider().Acknowledge(200, "");
    Expect(taken, "the provider does not take the answer of the manifest");
    Expect(!any_will_do, "the double takes any answer");
    shop.provider().Hooks(1);
}

// The provider tells before it answers: another process of the host reads the event while the call
// is under way, and both lead to one payment.
void BeforeTheAnswer(Shop& shop) {
    SchemeOf(shop);
    const Prepare start = ChangingOperations(shop).front();
    Shop::Plan plan{ChangingRequest(shop, start)};
    const ReadyOperation ready = start(shop);
    Shop other(shop.options(), shop.provider());
    other.ShareMemory(shop);
    Json event;
    plan.strike = [&](pid_t) {
        for (const Delivered& delivered : shop.provider().Hooks(0)) {
            if (delivered.body.find(ready.reference) == std::string::npos) continue;
            event = Parse(other, delivered.body).message.at("events").at(0);
        }
    };
    shop.provider().Hooks(0);
    shop.provider().Break("webhook_first");
    const Reply paid = shop.Call(ready.errand.operation, ready.errand.message, plan);
    Expect(!event.is_null(), "the double does not tell before it answers");
    Expect(paid.state() == "captured" || (DecidesDaysLater(shop) && paid.state() == "pending"),
           "it cannot be paid", paid);
    const std::string id = paid.message.at("provider_id");
    Expect(event.value("provider_id", "") == id,
           "the event leads to another payment: " + event.dump());
    const Json found = Lookup(shop, id, ready.reference);
    Expect(found["state"] == paid.state(), "after both it is " + found.dump());
}

void UnknownType(Shop& shop) {
    SchemeOf(shop);
    const Reply reply = Parse(shop, shop.provider().OddEvent());
    Expect(reply.answered(), "an event of an unknown type is an error", reply);
    for (const Json& event : reply.message.at("events"))
        Expect(event.at("about") == "nothing", "it is about something", reply);
}

// What is said of a payment that was made, said of one that waits.
void SaysPaidButIsNot(Shop& shop) {
    SchemeOf(shop);
    if (IsTold(shop)) throw NotApplicable("there is nothing else to believe: it cannot be asked");
    const auto paid_as = shop.NewReference();
    const std::string paid = Pay(shop, paid_as, 1'000, "ok", "captured")["provider_id"];
    std::string body = About(shop, paid_as).body;
    const auto waits_as = shop.NewReference();
    const std::string waits = Pay(shop, waits_as, 1'000, "pending_paid", "pending")["provider_id"];
    for (const auto& [from, to] : {std::pair{paid, waits}, std::pair{paid_as, waits_as}}) {
        for (auto at = body.find(from); at != std::string::npos;
             at = body.find(from, at + to.size()))
            body.replace(at, from.size(), to);
    }
    const Reply reply = Parse(shop, body);
    Expect(reply.answered(), "it cannot be read", reply);
    Expect(!reply.message.at("events").at(0).contains("state"), "an event carries a state", reply);
    Expect(Lookup(shop, waits, "")["state"] == "pending", "the event is believed");
}

// A million bytes of which the first or the last differs: one loop for both, or it would end at
// once.
void ConstantTime(Shop& shop) {
    SchemeOf(shop);
    const std::string right(std::size_t{1} << 20, 'a');
    const auto best = [&](std::size_t wrong) {
        std::string given = right;
        given[wrong] = 'b';
        auto least = std::chrono::nanoseconds::max();
        for (int time = 0; time < 15; ++time) {
            const auto begun = std::chrono::steady_clock::now();
            const bool same = gateways::SameBytes(given, right);
            least =
                std::min<std::chrono::nanoseconds>(least, std::chrono::steady_clock::now() - begun);
            Expect(!same, "other bytes are the same to the host");
        }
        return least;
    };
    const auto at_the_end = best(right.size() - 1);
    Expect(best(0) * 2 > at_the_end, "the host tells where a signature is wrong");
}

// The longest that the host takes, and one byte more. Blanks behind a message mean nothing, so it
// is read as it would be without.
void OversizedBody(Shop& shop) {
    Delivered delivered = Caught(shop);
    const Reply once = Parse(shop, delivered.body);
    delivered.body.resize(gateways::kMostDelivered, ' ');
    Expect(Parse(shop, delivered.body).message == once.message, "a long webhook is another", once);
    delivered.body += ' ';
    Expect(Objection(shop, delivered, Now(shop)) == "it is too long", "what is too long is read");
}

}  // namespace livery::conformance::hook
