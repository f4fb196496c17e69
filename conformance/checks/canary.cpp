// SEC: what must be found nowhere.
#include <cinttypes>
#include <cstdio>
#include <fstream>
#include <map>
#include <sstream>
#include <vector>

#include <fmt/format.h>

#include "conformance/checks/groups.h"

namespace livery::conformance::sec {

namespace {

constexpr const char* kNumber = "4242 4242 4242 4242";

Json PlainOrder(Shop& shop, const std::string& course) {
    return Order(shop.NewReference(), 100, "EUR", NeedToken(shop, course));
}

// All that it remembers beyond its calls.
std::string RememberedBy(const Shop& shop) {
    std::string text;
    for (const auto& [key, value] : shop.kept()) text += key + "=" + value + "\n";
    return text;
}

// The secrets of the configuration: key to value.
std::map<std::string, std::string> SecretsOf(const Shop& shop, const Double& provider) {
    std::map<std::string, std::string> secrets;
    for (const auto& [key, schema] : shop.manifest().config.at("properties").items()) {
        if (schema.value("x-secret", false))
            secrets[key] = provider.SecretOf(provider.Config().value(key, ""));
    }
    return secrets;
}

// A provider that repeats in its error what it was sent. The words of an error are masked by the
// host before anybody sees them; what else the file says is not.
std::string SaidOf(Shop& shop, const std::string& secret) {
    const std::string body = Json{
        {"error", {{"code", "bad_key"}, {"message", "not " + secret}}},
        {"message",
         "not " + secret}}.dump();
    const auto before = shop.logged().size();
    std::string said;
    for (const int status : {401, 402, 500}) {
        const WireFault echo{"secret_in_error", 0, false, true, true, status, body};
        Reply reply = shop.Call("payment.start/1", PlainOrder(shop, "ok"), {0, &echo});
        reply.message.erase("error");
        said += reply.message.dump();
    }
    return said + shop.logged().substr(before);
}

// What a core dump would hold: all of the process that can be written to. Sanitizers map terabytes
// that nobody has touched; those are left out.
bool HoldsInMemory(pid_t process, const std::vector<std::string>& texts) {
    std::ifstream maps(fmt::format("/proc/{}/maps", process));
    std::ifstream memory(fmt::format("/proc/{}/mem", process), std::ios::binary);
    constexpr std::uint64_t kMost = std::uint64_t{64} << 20;
    for (std::string line; std::getline(maps, line);) {
        std::uint64_t begin = 0;
        std::uint64_t end = 0;
        char way = '-';
        if (std::sscanf(line.c_str(), "%" SCNx64 "-%" SCNx64 " %*c%c", &begin, &end, &way) != 3 ||
            way != 'w' || end - begin > kMost)
            continue;
        std::string bytes(end - begin, '\0');
        memory.clear();
        memory.seekg(static_cast<std::streamoff>(begin));
        memory.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        for (const std::string& text : texts)
            if (bytes.find(text) != std::string::npos) return true;
    }
    return false;
}

// "0 0": soft and hard.
std::string CoreLimitOf(pid_t process) {
    std::ifstream limits(fmt::format("/proc/{}/limits", process));
    for (std::string line; std::getline(limits, line);) {
        if (!line.starts_with("Max core file size")) continue;
        std::istringstream words(line.substr(18));
        std::string soft;
        std::string hard;
        words >> soft >> hard;
        return soft + " " + hard;
    }
    return "";
}

}  // namespace

// All that it ever said in this run, and in it there were secrets, declines and faults; and what
// would be left of it if it crashed now.
void SecretsNeverSaid(Shop& shop) {
    Pay(shop, shop.NewReference(), 100, "ok", "captured");
    std::vector<std::string> values;
    for (const auto& [key, secret] : SecretsOf(shop, shop.provider())) {
        Expect(!secret.empty() && shop.said().find(secret) == std::string::npos, key + " was said");
        values.push_back(secret);
    }
    shop.Crash();
    Pay(shop, shop.NewReference(), 100, "ok", "captured");
    Expect(CoreLimitOf(shop.helper()) == "0 0", "the process may leave a core dump");
    Expect(!HoldsInMemory(shop.helper(), values), "a secret is in the memory of the process");
    // What it was told of its configuration is there; who does not see that sees nothing.
    if (!HoldsInMemory(shop.helper(), {shop.provider().Config().value("base_url", "")}))
        shop.seen = "the memory of the process cannot be read on this machine";
    for (const std::string& secret : values) {
        Expect(SaidOf(shop, secret).find(secret) == std::string::npos,
               "a secret that the provider repeats is passed on");
        Expect(RememberedBy(shop).find(secret) == std::string::npos, "a secret is remembered");
    }
}

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
    const std::string said =
        reply.message.dump() + shop.logged().substr(before) + RememberedBy(shop);
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
    // What is remembered outlives a person who asks to be forgotten.
    const std::string logged = shop.logged().substr(before);
    const std::string remembered = RememberedBy(shop);
    for (const char* canary :
         {"Canary-Name", "203.0.113.77", "Canary-Agent", "canary@person.example"}) {
        Expect(logged.find(canary) == std::string::npos, fmt::format("{} is logged", canary));
        Expect(remembered.find(canary) == std::string::npos,
               fmt::format("{} is remembered", canary));
    }
}

}  // namespace livery::conformance::sec
