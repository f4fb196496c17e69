// Calls through the port to a gateway that misbehaves in every way, before a provider that does: in
// this process and in helper processes, with the same results.
#include "gateways/tenant_gateways.h"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

#include <gtest/gtest.h>
#include <unistd.h>

#include <livery/utf8.h>

#include "gateways/mac.h"
#include "gateways/testing/gateway_stage.h"

namespace livery::gateways {
namespace {

using Fate = Gateways::Fate;
using Isolation = tenancy::ConfiguredGateway::Isolation;
using Json = nlohmann::json;
using std::chrono::milliseconds;
using testing::GatewayStage;
using testing::ProviderDouble;
using End = ProviderDouble::Answer::End;

bool Holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

class ACall : public ::testing::TestWithParam<Isolation> {
 protected:
    GatewayStage stage{GetParam()};
    std::string IdOf(const Gateways::Reply& reply) {
        EXPECT_EQ(reply.fate, Fate::kAnswered) << reply.fault;
        return reply.fate == Fate::kAnswered ? Json::parse(reply.message).value("provider_id", "")
                                             : "";
    }
};
std::string NameOf(const ::testing::TestParamInfo<Isolation>& isolation) {
    static const char* const names[] = {"Inside", "Process", "PerTenant"};
    return names[static_cast<int>(isolation.param)];
}
INSTANTIATE_TEST_SUITE_P(Isolations, ACall,
                         ::testing::Values(Isolation::kNone, Isolation::kProcess,
                                           Isolation::kProcessPerTenant),
                         NameOf);

TEST_P(ACall, IsAnsweredByTheProvider) {
    stage.provider.Say(ProviderDouble::Json(R"({"id":"p1"})"));
    EXPECT_EQ(IdOf(stage.Do("send")), "p1");
    const auto heard = stage.provider.heard();
    ASSERT_EQ(heard.size(), 1U);
    EXPECT_EQ(heard[0].method + " " + heard[0].target, "POST /pay");
    EXPECT_EQ(heard[0].headers.at("authorization"), "Bearer s3cret-value");
    EXPECT_EQ(heard[0].headers.at("idempotency-key"), "key-0123456789abcdef");
    EXPECT_EQ(heard[0].headers.at("content-type"), "application/json");
    EXPECT_EQ(heard[0].body, R"({"a":1})");
    EXPECT_EQ(Json::parse(stage.Do("ok").message),
              Json::parse(R"({"state":"captured","provider_id":"odd-ok",
                             "amount":{"minor":1234,"currency":"EUR"}})"));
}

TEST_P(ACall, SendsFormsAsProvidersReadThem) {
    stage.Do("form");
    ASSERT_EQ(stage.provider.heard().size(), 1U);
    EXPECT_EQ(stage.provider.heard()[0].body, "a[b]=c%20d&e[0]=1&e[1]=2");
    EXPECT_EQ(stage.provider.heard()[0].headers.at("content-type"),
              "application/x-www-form-urlencoded");
}

TEST_P(ACall, IsUnknownOnceARequestLeftThatNobodyAnswered) {
    const std::string whole = ProviderDouble::Json(R"({"id":"p1"})").bytes;
    const std::string huge(2 << 20, 'x');
    const std::map<std::string, ProviderDouble::Answer> faults{
        {"reset", {"", End::kReset}},
        {"silent", {"", End::kHang}},
        {"slow drip", {whole, End::kKeep, milliseconds(100)}},
        {"truncated", {whole.substr(0, whole.size() - 3), End::kReset}},
        {"too long", ProviderDouble::Json(huge)}};
    for (const auto& [what, answer] : faults) {
        SCOPED_TRACE(what);
        stage.provider.Say(answer);
        const auto sent = stage.Do("send", milliseconds(2'000));
        EXPECT_EQ(sent.fate, Fate::kUnknown);
        EXPECT_TRUE(Holds(sent.fault, "it was sent, no answer came")) << sent.fault;
        // What only asks may be asked again.
        EXPECT_EQ(stage.Do("ask", milliseconds(2'000)).fate, Fate::kNothingSent);
    }
    // Each was sent once: nobody tries again but the caller.
    std::size_t posts = 0;
    for (const auto& heard : stage.provider.heard()) posts += heard.method == "POST" ? 1 : 0;
    EXPECT_EQ(posts, faults.size());
}

TEST_P(ACall, SentNothingWhereNobodyListens) {
    stage.Configure("harbor", {},
                    {{"base_url", "http://127.0.0.1:" + std::to_string(testing::FreePort())}});
    const auto reply = stage.Do("send");
    EXPECT_EQ(reply.fate, Fate::kNothingSent);
    EXPECT_TRUE(Holds(reply.fault, "nothing was sent")) << reply.fault;
}

TEST_P(ACall, OfATenantThatIsLiveReachesNoInnerAddressWhateverItsName) {
    stage.Configure("harbor", {}, {{"base_url", "https://localhost"}}, TenantMode::kLive);
    const auto reply = stage.Do("send");
    EXPECT_EQ(reply.fate, Fate::kNothingSent);
    EXPECT_TRUE(Holds(reply.fault, "the address is not one of the internet")) << reply.fault;
    stage.Configure("harbor", {}, {{"base_url", stage.provider.url()}}, TenantMode::kLive);
    EXPECT_TRUE(Holds(stage.Do("send").fault, "is not https"));
    EXPECT_TRUE(stage.provider.heard().empty());
}

TEST_P(ACall, TakesNoCardNumberThatSomebodyTyped) {
    auto order = testing::GatewayStage::Order("send");
    order["metadata"] = {{"note", "it is 4242 4242 4242 4242"}};
    const auto refused = stage.Call("payment.start/1", order, milliseconds(5'000));
    EXPECT_EQ(refused.fate, Fate::kNothingSent);
    EXPECT_TRUE(Holds(refused.fault, "`metadata.note`")) << refused.fault;
    EXPECT_FALSE(Holds(refused.fault, "4242"));
    // Long numbers that are no card's, for all their check digit.
    order["metadata"] = {{"order", "7914073381342284"}};
    EXPECT_EQ(stage.Call("payment.start/1", order, milliseconds(5'000)).fate, Fate::kAnswered);
    // What a provider made up may look like one by chance.
    order.erase("metadata");
    order["customer"] = "4242424242424242";
    order["method"] = {{"token", "4242424242424242"}};
    EXPECT_EQ(stage.Call("payment.start/1", order, milliseconds(5'000)).fate, Fate::kAnswered);
    EXPECT_EQ(stage.provider.heard().size(), 2U);
}

TEST_P(ACall, FollowsNoRedirectAndTakesNoPageForAnAnswer) {
    stage.provider.Say({"HTTP/1.1 307 There\r\nLocation: " + stage.provider.url() +
                        "/else\r\nContent-Length: 0\r\n\r\n"});
    // Something answered, and nobody knows what came of the request.
    EXPECT_EQ(stage.Do("send").fate, Fate::kUnknown);
    EXPECT_EQ(stage.provider.heard().size(), 1U);
    stage.provider.Say(ProviderDouble::Json("<html>all is well</html>"));
    EXPECT_EQ(stage.Do("send").fate, Fate::kUnknown);
    stage.provider.Say(ProviderDouble::Json(R"({"id":"p1"})", "500 Oops"));
    EXPECT_EQ(stage.Do("send").fate, Fate::kUnknown);
    stage.provider.Say(ProviderDouble::Json(R"({"error":"no"})", "402 No"));
    EXPECT_EQ(Json::parse(stage.Do("send").message)["state"], "declined");
}

TEST_P(ACall, ThatBreaksIsWorthWhatHadLeft) {
    EXPECT_EQ(stage.Do("throw").fate, Fate::kNothingSent);
    EXPECT_TRUE(Holds(stage.Do("throw").fault, "as told"));
    EXPECT_EQ(stage.Do("send-and-throw").fate, Fate::kUnknown);
    const auto halfway = stage.Do("halfway");
    EXPECT_EQ(halfway.fate, Fate::kNothingSent);
    EXPECT_TRUE(Holds(halfway.fault, "not as its schema says: provider_id")) << halfway.fault;
    EXPECT_EQ(IdOf(stage.Do("ok")), "odd-ok");
}

TEST_P(ACall, TellsFaultsThatATableCanKeep) {
    const auto reply = stage.Do("long-fault");
    EXPECT_TRUE(Holds(reply.fault, "\xC3\xA4\xC3\xA4")) << reply.fault;
    EXPECT_TRUE(IsUtf8(reply.fault)) << reply.fault;
}

TEST_P(ACall, OfMoreThanEightMegabytesIsNone) {
    const auto reply = stage.Do("huge");
    EXPECT_EQ(reply.fate, Fate::kNothingSent);
    EXPECT_FALSE(Holds(reply.fault, "schema")) << "it was read: " << reply.fault;
    EXPECT_EQ(IdOf(stage.Do("ok")), "odd-ok");
}

TEST_P(ACall, ThatDoesNotComeBackIsGivenUpInTime) {
    for (const char* what : {"loop", "hang"}) {
        SCOPED_TRACE(what);
        GatewayStage one{GetParam()};
        // The limit is for the call: a busy machine starts no process in it.
        one.Do("ok");
        const auto begun = std::chrono::steady_clock::now();
        const auto hung = one.Do(what, milliseconds(300));
        EXPECT_LT(std::chrono::steady_clock::now() - begun, milliseconds(5'000));
        EXPECT_EQ(hung.fate, Fate::kNothingSent);
        EXPECT_TRUE(Holds(hung.fault, "gave no answer in time")) << hung.fault;
        // What cannot be killed is not tried again at once.
        const auto next = one.Do("ok");
        EXPECT_EQ(next.fate, GetParam() == Isolation::kNone ? Fate::kNothingSent : Fate::kAnswered);
        one.WriteSecret("lumen", "odd-key", "another");
        one.Configure("lumen", {});
        EXPECT_EQ(IdOf(one.Do("ok", std::chrono::seconds(5), "lumen")), "odd-ok");
    }
}

TEST_P(ACall, ThatWasGivenUpSendsNothingAnyMore) {
    EXPECT_EQ(stage.Do("late", milliseconds(300)).fate, Fate::kNothingSent);
    std::this_thread::sleep_for(milliseconds(1'200));
    EXPECT_TRUE(stage.provider.heard().empty());
    // One that sent first is as unknown as where it had died.
    GatewayStage other{GetParam()};
    EXPECT_EQ(other.Do("send-and-hang", milliseconds(3'000)).fate, Fate::kUnknown);
}

TEST_P(ACall, IsRefusedBeforeTheGatewayHearsOfIt) {
    const auto refused = [&](const std::string& operation, const Json& message) {
        const auto reply = stage.Call(operation, message, milliseconds(5'000));
        EXPECT_EQ(reply.fate, Fate::kNothingSent);
        return reply.fault;
    };
    EXPECT_EQ(refused("payout.create/1", Json::object()), "there is no operation payout.create/1");
    EXPECT_EQ(refused("refund.create/1", Json::object()),
              "com.example.odd does not promise `refund`, which refund.create/1 needs");
    Json order = GatewayStage::Order("ok");
    order["amount"]["currency"] = "JPY";
    EXPECT_EQ(refused("payment.start/1", order), "com.example.odd does not take JPY");
    order["amount"] = {{"minor", 100'000'001}, {"currency", "EUR"}};
    EXPECT_TRUE(Holds(refused("payment.start/1", order), "takes 1 to 100000000"));
    order["amount"]["minor"] = 0;
    EXPECT_TRUE(Holds(refused("payment.start/1", order), "amount/minor"));
    order.erase("reference");
    EXPECT_TRUE(Holds(refused("payment.start/1", order), "reference: It is needed."));
    EXPECT_EQ(
        stage.gateways.Call(stage.TenantOf("harbor"), {"else", "payment.start/1", "{}"}).fault,
        "the tenant has no gateway `else`");
}

TEST_P(ACall, CannotLeaveByAnotherWay) {
    for (const auto& [what, why] : std::map<std::string, std::string>{
             {"elsewhere", "leads to none of the hosts of this gateway"},
             {"break-header", "has a line break"},
             {"deep", "nests too deeply"},
             {"other-secret", "`else` is no secret of this configuration"},
             {"remember-secret", "a secret cannot be remembered"},
             {"remember-much", "a value at most 4096"}}) {
        const auto reply = stage.Do(what);
        EXPECT_EQ(reply.fate, Fate::kNothingSent);
        EXPECT_TRUE(Holds(reply.fault, why)) << reply.fault;
    }
    EXPECT_TRUE(stage.provider.heard().empty());
}

TEST_P(ACall, TellsNoSecretAndNoNumberOfACard) {
    EXPECT_TRUE(Holds(stage.Do("number").fault, "the card is **** **** **** 4242"));
    // A provider that repeats our key.
    stage.provider.Say(ProviderDouble::Json(R"({"id":"key s3cret-value"})"));
    EXPECT_EQ(IdOf(stage.Do("send")), "key ***");
}

TEST_P(ACall, IsServedBySignatureClockAndStore) {
    EXPECT_EQ(IdOf(stage.Do("sign")),
              Encoded(*Mac("sha256", "s3cret-value", "text"), "hex").value());
    EXPECT_EQ(IdOf(stage.Do("now")), "1800000000") << "the tenant's clock";
    stage.Do("remember");
    EXPECT_EQ(IdOf(stage.Do("recall")), "kept");
    EXPECT_EQ(stage.store.values.at("harbor/cards/a"), "kept");
}

TEST_P(ACall, RemembersAnIdThatIsNothingButDigits) {
    // Adyen's published example, which is right by Luhn's check digit; and one like a card's.
    for (const char* id : {"7914073381342284", "4242424242424242"}) {
        stage.provider.Say(ProviderDouble::Json(std::string(R"({"id":")") + id + R"("})"));
        EXPECT_EQ(stage.Do("remember-id").fate, Fate::kAnswered);
        EXPECT_EQ(stage.store.values["harbor/cards/a"], id);
    }
}

TEST_P(ACall, BreaksThePlugOnlyAfterFiveFaults) {
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(stage.gateways.Of(stage.TenantOf("harbor")).at(0).out_of_order, "");
        stage.Do("throw");
    }
    EXPECT_NE(stage.gateways.Of(stage.TenantOf("harbor")).at(0).out_of_order, "");
    const auto reply = stage.Do("ok");
    EXPECT_EQ(reply.fate, Fate::kNothingSent);
    EXPECT_EQ(reply.fault, "it is out of order for a while");
    EXPECT_EQ(reply.retry_after, std::chrono::seconds(30));
    stage.WriteSecret("lumen", "odd-key", "another");
    stage.Configure("lumen", {});
    EXPECT_EQ(IdOf(stage.Do("ok", std::chrono::seconds(5), "lumen")), "odd-ok")
        << "another tenant's is in order";
}

TEST_P(ACall, WaitsForItsTurnAndGivesUpInTime) {
    stage.provider.Say({"", End::kHang});
    stage.Configure("harbor", {.parallel = 2});
    std::vector<std::thread> callers;
    for (int i = 0; i < 2; ++i)
        callers.emplace_back([this] { stage.Do("send", milliseconds(3'000)); });
    while (stage.provider.heard().size() < 2) std::this_thread::sleep_for(milliseconds(5));
    const auto reply = stage.Do("ok", milliseconds(150));
    EXPECT_EQ(reply.fate, Fate::kNothingSent);
    EXPECT_EQ(reply.fault, "none of it was free in time");
    EXPECT_EQ(reply.retry_after, std::chrono::seconds(5));
    for (std::thread& caller : callers) caller.join();
    EXPECT_EQ(IdOf(stage.Do("ok")), "odd-ok");
}

TEST_P(ACall, OfManyAtOnceIsAnsweredWithItsOwnAnswer) {
    stage.provider.Say([](const ProviderDouble::Heard&) {
        std::this_thread::sleep_for(milliseconds(20));
        return ProviderDouble::Json(R"({"id":"p1"})");
    });
    std::vector<std::thread> callers;
    std::atomic<int> right{0};
    for (int i = 0; i < 8; ++i) {
        callers.emplace_back([this, &right, i] {
            const std::string what = "nr-" + std::to_string(i);
            stage.Do("send", std::chrono::seconds(60));
            const auto reply = stage.Do(what, std::chrono::seconds(60));
            right += IdOf(reply) == "odd-" + what ? 1 : 0;
        });
    }
    for (std::thread& caller : callers) caller.join();
    EXPECT_EQ(right, 8);
}

TEST_P(ACall, AfterAReloadIsMadeWithTheNewConfiguration) {
    EXPECT_EQ(IdOf(stage.Do("ok")), "odd-ok");
    stage.Configure("harbor", {}, {{"name", "nobody"}});
    const auto reply = stage.Do("ok");
    EXPECT_EQ(reply.fate, Fate::kNothingSent);
    EXPECT_TRUE(Holds(reply.fault, "nobody is no merchant")) << reply.fault;
    stage.Configure("harbor", {});
    EXPECT_EQ(IdOf(stage.Do("ok")), "odd-ok");
}

class AWebhook : public ACall {
 protected:
    Result<Gateways::Delivered> Deliver(const std::string& body, const std::string& secret,
                                        int age = 0, const std::string& signed_body = "") {
        const std::string time = std::to_string(1'700'000'000 - age);
        const std::string text = time + "." + (signed_body.empty() ? body : signed_body);
        const std::string mac = Encoded(*Mac("sha256", secret, text), "hex").value();
        const std::map<std::string, std::string> headers{
            {"x-odd-signature", "t=" + time + ",v1=00,v1=" + mac}};
        return stage.gateways.Receive(stage.TenantOf("harbor"),
                                      {"cards", "https://x.example/hooks/cards", headers, body});
    }
    const std::string body_ = R"({"id":"ev1", "about":"p1"})";
};
INSTANTIATE_TEST_SUITE_P(Isolations, AWebhook,
                         ::testing::Values(Isolation::kNone, Isolation::kProcess), NameOf);

TEST_P(AWebhook, IsReadWhenItsSignatureIsRight) {
    const auto delivered = Deliver(body_, "hook-value");
    ASSERT_TRUE(delivered) << delivered.error().message;
    ASSERT_EQ(delivered->events.size(), 1U);
    EXPECT_EQ(delivered->events[0].id, "ev1");
    EXPECT_EQ(delivered->events[0].provider_id, "p1");
    EXPECT_EQ(delivered->status, 202);
    EXPECT_EQ(delivered->body, "[accepted]");
}

TEST_P(AWebhook, OfAnybodyElseIsNot) {
    for (const auto& refused : {Deliver(body_, "else"), Deliver(body_, "hook-value", 301),
                                Deliver(body_, "hook-value", -301),
                                Deliver(body_, "hook-value", 0, R"({"id":"ev1","about":"p1"})")}) {
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, ErrorCode::kUnauthenticated);
    }
    const auto nowhere = stage.gateways.Receive(stage.TenantOf("harbor"), {"else", "", {}, body_});
    EXPECT_EQ(nowhere.error().code, ErrorCode::kNotFound);
}

TEST_P(AWebhook, IsTakenByTheOldSecretWhileItIsChanged) {
    stage.WriteSecret("harbor", "odd-hook", "new-value");
    EXPECT_FALSE(Deliver(body_, "hook-value"));
    stage.WriteSecret("harbor", "odd-hook.previous", "hook-value");
    EXPECT_TRUE(Deliver(body_, "hook-value"));
    EXPECT_TRUE(Deliver(body_, "new-value"));
}

TEST_P(AWebhook, ThatTheGatewayCannotReadShallComeAgain) {
    const auto delivered = Deliver("{", "hook-value");
    ASSERT_FALSE(delivered);
    EXPECT_EQ(delivered.error().code, ErrorCode::kUnavailable);
}

// What this process keeps of calls that never come back.
class AnInnerCall : public ::testing::Test {
 protected:
    std::string OutOfOrder() {
        return stage.gateways.Of(stage.TenantOf("harbor")).at(0).out_of_order;
    }
    void DoAtOnce(std::size_t times, const std::string& what) {
        std::vector<std::thread> callers;
        for (std::size_t i = 0; i < times; ++i)
            callers.emplace_back([this, what] { stage.Do(what, std::chrono::seconds(3)); });
        for (std::thread& caller : callers) caller.join();
    }
    GatewayStage stage{Isolation::kNone};
};

TEST_F(AnInnerCall, ThatNeverComesBackPutsItsGatewayOutOfOrder) {
    DoAtOnce(1, "hang");
    EXPECT_EQ(OutOfOrder(), "it gave no answer in time and was given up");
}

TEST_F(AnInnerCall, IsNotMadeWhileFiveHaveNotComeBack) {
    DoAtOnce(GatewayPool::kMostLost, "hang");
    EXPECT_EQ(OutOfOrder(), "5 calls of it never came back: the host must be started again");
    EXPECT_EQ(stage.Do("ok").fate, Fate::kNothingSent);
}

TEST_F(AnInnerCall, ThatComesBackLateIsNotCountedForGood) {
    DoAtOnce(GatewayPool::kMostLost, "later");
    EXPECT_EQ(OutOfOrder(), "5 calls of it never came back: the host must be started again");
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (Holds(OutOfOrder(), "never came back") && std::chrono::steady_clock::now() < end)
        std::this_thread::sleep_for(milliseconds(20));
    EXPECT_EQ(OutOfOrder(), "it gave no answer in time and was given up");
}

// What only a process of its own can survive.
class AHelperPool : public ::testing::Test {
 protected:
    GatewayStage stage{Isolation::kProcess};
    // Of the helpers that run now: our children that are no zombies.
    static std::set<int> Pids() {
        std::set<int> pids;
        for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
            std::ifstream in(entry.path() / "stat");
            int pid = 0;
            int parent = 0;
            std::string name;
            std::string state;
            if (in >> pid >> name >> state >> parent && parent == ::getpid() && state != "Z" &&
                Holds(name, "livery-plugin"))
                pids.insert(pid);
        }
        return pids;
    }
};

TEST_F(AHelperPool, ServesOnAfterACrashAndAHang) {
    EXPECT_EQ(stage.Do("crash").fate, Fate::kNothingSent);
    EXPECT_EQ(stage.Do("send-and-crash").fate, Fate::kUnknown);
    EXPECT_EQ(stage.Do("ok").fate, Fate::kAnswered);
    const auto begun = std::chrono::steady_clock::now();
    const auto hung = stage.Do("loop", milliseconds(300));
    EXPECT_EQ(hung.fate, Fate::kNothingSent);
    EXPECT_TRUE(Holds(hung.fault, "gave no answer in time")) << hung.fault;
    EXPECT_LT(std::chrono::steady_clock::now() - begun, milliseconds(2'000));
    EXPECT_EQ(stage.Do("ok").fate, Fate::kAnswered);
}

TEST_F(AHelperPool, OutlivesTheThreadThatCalledFirst) {
    std::thread([this] { stage.Do("ok"); }).join();
    std::this_thread::sleep_for(milliseconds(50));
    const auto pids = Pids();
    EXPECT_EQ(pids.size(), 1U);
    EXPECT_EQ(stage.Do("ok").fate, Fate::kAnswered);
    EXPECT_EQ(Pids(), pids) << "another process was started";
}

TEST_F(AHelperPool, EndsAfterAReloadWhatHoldsTheOldConfiguration) {
    stage.Do("ok");
    const auto before = Pids();
    ASSERT_EQ(before.size(), 1U);
    stage.Configure("harbor", {});
    stage.Do("ok");
    EXPECT_EQ(Pids(), before) << "nothing has changed for it";
    stage.Configure("harbor", {}, {{"name", "somebody"}});
    stage.Do("ok");
    const auto after = Pids();
    EXPECT_EQ(after.size(), 1U);
    EXPECT_NE(after, before);
}

TEST_F(AHelperPool, ReplacesAHelperThatWasKilledBetweenTwoCalls) {
    stage.Do("ok");
    ::kill(*Pids().begin(), SIGKILL);
    while (!Pids().empty()) std::this_thread::sleep_for(milliseconds(1));
    EXPECT_EQ(stage.Do("ok").fate, Fate::kAnswered);
}

// What it was slow for is over; the next call must not pay for it.
TEST_F(AHelperPool, ReplacesAHelperThatComputedForTooLong) {
    EXPECT_EQ(stage.Do("compute", std::chrono::seconds(60)).fate, Fate::kAnswered);
    EXPECT_EQ(stage.pool.workers(), 0U);
    EXPECT_EQ(stage.Do("ok").fate, Fate::kAnswered);
}

TEST_F(AHelperPool, IsSharedByTenantsUnlessTheySayOtherwise) {
    stage.WriteSecret("lumen", "odd-key", "another");
    stage.Configure("lumen", {});
    stage.Do("ok");
    stage.Do("ok", std::chrono::seconds(5), "lumen");
    EXPECT_EQ(stage.pool.workers(), 1U);

    GatewayStage apart{Isolation::kProcessPerTenant};
    apart.Configure("lumen", {});
    apart.Do("ok");
    apart.Do("ok", std::chrono::seconds(5), "lumen");
    EXPECT_EQ(apart.pool.workers(), 2U);
}

}  // namespace
}  // namespace livery::gateways
