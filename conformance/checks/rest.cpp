// LOAD, CONF, DESC, SEC and ISO.
#include <algorithm>

#include <fmt/format.h>

#include "conformance/checks/groups.h"
#include "conformance/checks/operations.h"
#include "conformance/elf_file.h"
#include "gateways/message_book.h"
#include "schema/checker.h"

namespace livery::conformance {

namespace load {

// The shop was opened: GatewayFiles has read the section, and compared it with the entry in a
// process that was then thrown away.
void ManifestSectionPresent(Shop& shop) { Expect(!shop.manifest().id.empty(), "there is no id"); }

void ManifestMatchesEntry(Shop& shop) {
    const auto helper =
        gateways::HelperProcess::Start({shop.options().helper_program, shop.options().file});
    Expect(helper.has_value(), "it does not start");
    Expect((*helper)->abi_major() == shop.manifest().abi_major &&
               (*helper)->abi_minor() == shop.manifest().abi_minor,
           "the entry is of another version than the manifest says");
}

void OnlyItsEntryExported(Shop& shop) {
    for (const ElfFacts::Symbol& symbol : ReadElf(shop.options().file).exported)
        Expect(symbol.name == LIVERY_GATEWAY_ENTRY, symbol.name + " is exported too");
}

// One for the whole process: two gateways would share it, and a file could never be let go.
void NoUniqueOrWeakSymbols(Shop& shop) {
    for (const ElfFacts::Symbol& symbol : ReadElf(shop.options().file).exported)
        Expect(!symbol.unique && !symbol.weak, symbol.name + " is shared with others");
}

// The C and C++ libraries; those of sanitizers where the kit itself is built so.
void NeededLibrariesAllowed(Shop& shop) {
    const ElfFacts facts = ReadElf(shop.options().file);
    for (const std::string& library : facts.needed) {
        bool allowed = library.starts_with("ld-linux");
        for (const char* known : {"libc.so", "libm.so", "libstdc++.so", "libgcc_s.so", "libc++.so"})
            allowed |= library.starts_with(known);
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
        for (const char* known : {"libasan", "libubsan", "libtsan"})
            allowed |= library.starts_with(known);
#endif
        Expect(allowed, library + " is needed");
    }
    Expect(!facts.has_run_path && !facts.writes_to_code, "a run path, or code that is written to");
}

// The first hundred may keep what all of them share.
void CreateDestroy1000Times(Shop& shop) {
    constexpr std::int64_t kMost = std::int64_t{4} << 20;
    const Json config = shop.provider().Config();
    std::int64_t before = 0;
    for (int time = 0; time < 1'000; ++time) {
        const auto reply = shop.Recreate(config);
        Expect(reply.alive && reply.code == LIVERY_OK, "it cannot be made again", reply);
        if (time == 100) before = shop.resident_bytes();
    }
    const std::int64_t more = shop.resident_bytes() - before;
    shop.seen = fmt::format("{} KiB more after 900", more >> 10);
    Expect(more < kMost, fmt::format("900 instances keep {} KiB for good", more >> 10));
}

// One of them with secrets that do not exist: the other must not notice.
void TwoInstancesShareNothing(Shop& shop) {
    const Json good = shop.provider().Config();
    Json bad = good;
    for (const auto& [key, schema] : shop.manifest().config.at("properties").items()) {
        if (schema.value("x-secret", false)) bad[key] = "no-such-secret";
    }
    for (int time = 0; time < 3; ++time) {
        const Json order = Order(shop.NewReference(), 100, "EUR", NeedToken(shop, "ok"));
        Expect(shop.CallWith(bad, "payment.start/1", order).state().empty(),
               "it pays without a secret");
        const Reply reply = Settled(shop, shop.CallWith(good, "payment.start/1", order),
                                    "payment.lookup/1", LookupOf("", order.at("reference")));
        Expect(reply.state() == "captured", "beside another instance it fails", reply);
    }
}

}  // namespace load

namespace conf {

namespace {

// What the host's check of the configuration says, before any code of the gateway runs.
std::string Objection(const Shop& shop, const Json& config) {
    std::string text;
    for (const auto& wrong : schema::Checker(shop.manifest().config).Check(config))
        text += wrong.field + " " + wrong.detail + "\n";
    return text;
}

}  // namespace

void MissingKey(Shop& shop) {
    Expect(Objection(shop, shop.provider().Config()).empty(), "the right one is refused");
    for (const Json& key : shop.manifest().config.at("required")) {
        Json config = shop.provider().Config();
        config.erase(key.get<std::string>());
        Expect(Objection(shop, config).find(key.get<std::string>()) != std::string::npos,
               key.get<std::string>() + " may be missing");
    }
}

void UnknownKey(Shop& shop) {
    Json config = shop.provider().Config();
    config["no_such_key"] = "x";
    Expect(Objection(shop, config).find("no_such_key") != std::string::npos, "any key is taken");
}

void WrongSecretIsConfiguration(Shop& shop) {
    Json config = shop.provider().Config();
    for (const auto& [key, schema] : shop.manifest().config.at("properties").items()) {
        if (schema.value("x-secret", false)) config[key] = "wrong";
    }
    shop.wrong_secrets = true;
    const Reply checked = shop.CallWith(config, "check_config/1", Json::object());
    const Reply paid = shop.CallWith(config, "payment.start/1",
                                     Order(shop.NewReference(), 100, "EUR", NeedToken(shop, "ok")));
    shop.wrong_secrets = false;
    Expect(checked.category() == "configuration", "check_config finds nothing", checked);
    Expect(paid.category() == "configuration", "a wrong secret is no configuration", paid);
    const Reply good = shop.Call("check_config/1", Json::object());
    Expect(good.answered() && !good.message.contains("error"), "the right one is wrong too", good);
}

void BaseUrlOutsideIsRefused(Shop& shop) {
    Json config = shop.provider().Config();
    for (const auto& [key, schema] : shop.manifest().config.at("properties").items()) {
        if (!schema.contains("x-hosts")) continue;
        config[key] = "https://elsewhere.example";
        const Reply reply =
            shop.CallWith(config, "payment.start/1",
                          Order(shop.NewReference(), 100, "EUR", NeedToken(shop, "ok")));
        Expect(shop.sent().empty(), "it is sent elsewhere", reply);
        return;
    }
    throw NotApplicable("the address is not configured");
}

void SchemaDocumentsEveryKey(Shop& shop) {
    for (const auto& [key, schema] : shop.manifest().config.at("properties").items())
        Expect(!schema.value("description", "").empty(), key + " has no description");
}

// The address of one side with the key of the other, both ways.
void SandboxVersusLive(Shop& shop) {
    const Json test = shop.provider().Config();
    const Json live = shop.provider().LiveConfig();
    if (live.empty()) throw Waived("the provider has no live side");
    const Reply right = shop.CallWith(live, "check_config/1", Json::object());
    Expect(right.answered() && !right.message.contains("error"), "the live side is wrong", right);
    for (const auto& [address, keys] : {std::pair(live, test), std::pair(test, live)}) {
        Json crossed = address;
        for (const auto& [key, schema] : shop.manifest().config.at("properties").items())
            if (schema.value("x-secret", false)) crossed[key] = keys.at(key);
        const Reply checked = shop.CallWith(crossed, "check_config/1", Json::object());
        Expect(checked.category() == "configuration", "check_config does not see it", checked);
        const std::string reference = shop.NewReference();
        const Reply paid = shop.CallWith(crossed, "payment.start/1",
                                         Order(reference, 100, "EUR", NeedToken(shop, "ok")));
        Expect(paid.category() == "configuration", "it pays on the wrong side", paid);
        Expect(Moved(shop, reference).empty(), "on the wrong side money moved");
    }
}

}  // namespace conf

namespace desc {

// A promise is kept when the operation says something else than that there is none.
void EveryDeclaredCapabilityWorks(Shop& shop) {
    for (const char* operation :
         {"payment.capture/1", "payment.cancel/1", "refund.create/1", "refund.lookup/1",
          "setup.start/1", "setup.lookup/1", "method.detach/1", "transactions.list/1"}) {
        const auto* known = gateways::MessageBook::V1().Find(operation);
        bool promised = known != nullptr;
        for (const std::string& word : promised ? known->needs : std::vector<std::string>())
            promised = promised && shop.manifest().can.contains(word);
        if (!promised) continue;
        const Reply reply = shop.CallWith(shop.provider().Config(), operation,
                                          {{"provider_id", "x"},
                                           {"reference", "x"},
                                           {"token", "x"},
                                           {"idempotency_key", KeyOf("x")},
                                           {"from", 0},
                                           {"to", 1},
                                           {"amount", Amount(1, "EUR")}});
        Expect(reply.code != LIVERY_UNSUPPORTED,
               fmt::format("{} is promised and not done", operation));
    }
}

namespace {

// Of the published operations those that the manifest does not promise.
std::vector<std::string> NotPromised(const Shop& shop) {
    std::vector<std::string> operations;
    const Json book = Json::parse(gateways::PublishedMessages().at("operations"));
    for (const auto& [id, operation] : book.items()) {
        if (!operation.is_object()) continue;
        bool promised = !operation.value("event", false) || shop.manifest().webhook.has_value();
        for (const Json& word : operation.at("needs"))
            promised = promised && shop.Can(word.get<std::string>().c_str());
        if (!promised) operations.push_back(id);
    }
    return operations;
}

// With all that any operation may be told.
Json Anything(Shop& shop) {
    Json message = Order(shop.NewReference(), 100, "EUR", NeedToken(shop, "ok"));
    message.update({{"provider_id", "x"}, {"token", "x"}, {"from", 0}, {"to", 1}, {"body", "{}"}});
    return message;
}

}  // namespace

// Asked past the host too, which would not even ask.
void UndeclaredIsUnsupported(Shop& shop) {
    std::vector<std::string> operations = NotPromised(shop);
    shop.seen =
        fmt::format("{} of the contract: {}", operations.size(), fmt::join(operations, ", "));
    for (const std::string& operation : operations) {
        const Reply kept = shop.Call(operation, Anything(shop));
        Expect(kept.fate == Reply::Fate::kNothingSent && shop.sent().empty(),
               operation + " is not promised, and asked", kept);
    }
    operations.insert(operations.end(), {"payout.create/1", "payment.start/2", ""});
    for (const std::string& operation : operations) {
        const Reply reply = shop.CallWith(shop.provider().Config(), operation, Anything(shop));
        // Who comes back is looked up by every facade (contract.md): that moves nothing.
        if (operation == "payment.continue/1") {
            Expect(std::none_of(shop.sent().begin(), shop.sent().end(), IsUnsafe),
                   operation + ": something is changed", reply);
            continue;
        }
        Expect(reply.code == LIVERY_UNSUPPORTED, fmt::format("{} is answered", operation), reply);
        Expect(shop.sent().empty(), operation + ": something is sent", reply);
    }
}

void UndeclaredCurrencyRefused(Shop& shop) {
    if (shop.Takes("XTS")) throw NotApplicable("it takes the currency for tests");
    const Reply reply =
        shop.Call("payment.start/1", Order(shop.NewReference(), 100, "XTS", NeedToken(shop, "ok")));
    Expect(reply.fate == Reply::Fate::kNothingSent && shop.sent().empty(), "it is sent", reply);
}

void BoundsOfAmounts(Shop& shop) {
    if (shop.manifest().amounts.empty()) throw NotApplicable("the manifest has no bounds");
    for (const auto& [currency, bounds] : shop.manifest().amounts) {
        for (const std::int64_t minor : {bounds.least - 1, bounds.most + 1}) {
            const Reply reply =
                shop.Call("payment.start/1",
                          Order(shop.NewReference(), minor, currency, NeedToken(shop, "ok")));
            Expect(shop.sent().empty(), "an amount outside is sent", reply);
        }
    }
}

}  // namespace desc

namespace sec {

// The helper ends at the first call that is not one of the few (seccomp), so it did none.
void NoSystemCalls(Shop& shop) {
    for (const Prepare& prepare : ChangingOperations(shop)) {
        const ReadyOperation ready = prepare(shop);
        const Reply done = shop.Call(ready.errand.operation, ready.errand.message);
        const Reply found = shop.Call(ready.errand.lookup_operation, ready.errand.lookup);
        Expect(done.alive && found.alive, ready.name + ": the helper was ended", done);
    }
}

// The page is the customer's to see; the gateway has no business there, nor anywhere else.
void ProvidersUrl(Shop& shop) {
    Need(shop, "redirect");
    const std::string base = shop.provider().Config().value("base_url", "");
    if (base.empty()) throw NotApplicable("the address is not configured");
    const std::string reference = shop.NewReference();
    const auto only_there = [&](const Reply& reply) {
        for (const Sent& sent : shop.sent())
            Expect(sent.url.starts_with(base + "/"), "it asks " + sent.url, reply);
    };
    const Reply begun = shop.Call("payment.start/1", Order(reference, 1'000, "EUR", ""));
    only_there(begun);
    only_there(
        shop.Call("payment.continue/1", {{"provider_id", begun.message.value("provider_id", "")},
                                         {"reference", reference},
                                         {"query", {{"url", "http://127.0.0.1:9/elsewhere"}}}}));
    only_there(shop.Call("payment.lookup/1", LookupOf("", reference)));
}

void LineBreaks(Shop& shop) {
    Json order = Order(shop.NewReference(), 100, "EUR", NeedToken(shop, "ok"));
    order["descriptor"] = "A\r\nX-Evil: 1";
    shop.Call("payment.start/1", order);
    for (const Sent& sent : shop.sent()) {
        Expect(sent.url.find_first_of("\r\n") == std::string::npos, "a line break in an address");
        Expect(sent.key.find_first_of("\r\n") == std::string::npos, "a line break in a header");
    }
    const Json query = LookupOf("../v1/x?a=b#c\r\nX: y", "r");
    shop.Call("payment.lookup/1", query);
    for (const Sent& sent : shop.sent())
        Expect(sent.url.find_first_of("\r\n #") == std::string::npos,
               "an id breaks an address: " + sent.url);
}

void OddNames(Shop& shop) {
    Json order = Order(shop.NewReference(), 100, "EUR", NeedToken(shop, "ok"));
    order["metadata"] = {{"name", "\xF0\x9F\x90\xA6 Zo\xC3\xAB \xD8\xA3\xD8\xAD\xD9\x85\xD8\xAF"}};
    // A kept method is charged with its own customer only.
    if (shop.provider().CustomerOf(order["method"]["token"]).empty())
        order["customer"] = std::string(250, 'x');
    const Reply reply = Done(shop, "payment.start/1", order);
    Expect(reply.state() == "captured", "odd names cannot pay", reply);
}

}  // namespace sec

namespace iso {

// Messages that no host sends: whatever it makes of them, nothing comes through the border.
void ThrowInEveryOperation(Shop& shop) {
    for (const char* operation :
         {"payment.start/1", "payment.lookup/1", "payment.continue/1", "payment.capture/1",
          "payment.cancel/1", "refund.create/1", "refund.lookup/1", "setup.start/1",
          "setup.lookup/1", "method.detach/1", "transactions.list/1", "event.parse/1",
          "check_config/1"}) {
        for (const Json& odd : {Json::object(), Json{{"amount", "x"}, {"from", "x"}, {"body", 7}},
                                Json::array(), Json(7)}) {
            const Reply reply = shop.CallWith(shop.provider().Config(), operation, odd);
            Expect(reply.alive, fmt::format("{} with {} ends the helper", operation, odd.dump()));
        }
    }
}

}  // namespace iso

}  // namespace livery::conformance
