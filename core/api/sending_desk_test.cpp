#include "api/sending_desk.h"

#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include <livery/db/failure.h>

#include "adapters/system_clock.h"
#include "api/key_repository.h"
#include "db/testing/private_server.h"
#include "view/icu_formatter.h"
#include "view/text_catalog.h"

namespace livery::api {
namespace {

using std::chrono::seconds;
using Key = Finished::Key;

class QuietAudit final : public Audit {
 public:
    void Record(db::Transaction&, const Entry& entry) override {
        entries.emplace_back(entry.detail);
    }
    std::vector<Recorded> ListOf(const TenantId&, UserId, Uuid, int) override { return {}; }
    std::vector<Recorded> ListAbout(const TenantId&, SubjectId, Uuid, int) override { return {}; }
    std::vector<std::string> entries;
};

class NoOthers final : public FormatterSource {
 public:
    std::unique_ptr<const Formatter> FormatterOf(const std::string&) const override { return {}; }
};

// A process that died: nothing after it is done.
struct Died {};

class ASendingDesk : public ::testing::Test {
 protected:
    static db::testing::PrivateServer& Server() {
        static db::testing::PrivateServer server({"db", "api"}, 6);
        return server;
    }
    ASendingDesk() {
        static int made = 0;
        tenant_.id = TenantId("t" + std::to_string(++made));
        operation_.id = "sendIt";
        operation_.status = 201;
        operation_.handler = SendingOf(
            {[this](db::Transaction& tx, const Call&) -> Result<Json> {
                 // What it does in the transaction: another key.
                 KeyRepository::Insert(
                     tx,
                     {ApiKeyId(ids_.Next()), "work", std::string(32, 'h'), "", clock_.Now(), {}});
                 if (refuses_) return Conflict("error.not_now");
                 if (repeats_its_own_)
                     for (int i = 0; i < 2; ++i)
                         KeyRepository::Insert(tx, {ApiKeyId(Uuid{{7}}),
                                                    "twice",
                                                    std::string(32, 'i'),
                                                    "",
                                                    clock_.Now(),
                                                    {}});
                 return Json{{"number", ++begun_}};
             },
             [this](const Call&, const Json& note, bool is_repeat) -> Result<Finished> {
                 repeats_ += is_repeat ? 1 : 0;
                 ++finished_;
                 return finish_(note);
             }});
    }
    SendingDesk::Told Ask(const std::string& key = "k1", const std::string& hash = kHash) {
        const Request request{.method = Method::kPost, .path = "/api/v1/it", .request_id = "r1"};
        const view::IcuFormatter format("en", "UTC", texts_, view::IcuFormatter::Missing::kThrow);
        const NoOthers others;
        const Params path;
        const RequestContext context(request, tenant_, format, others, path, clock_.Now(), nullptr);
        const Json body;
        const Call call{context, caller_, body};
        return desk_.Answer(operation_, call, {caller_.key, key, hash},
                            [](const std::string& word) { return "words of " + word; });
    }
    static int StatusOf(const SendingDesk::Told& told) {
        if (const auto* problem = std::get_if<Problem>(&told)) return problem->status;
        if (const auto* answer = std::get_if<FirstAnswer>(&told)) return answer->status;
        return 201;
    }
    static std::string CodeOf(const SendingDesk::Told& told) {
        return std::get<Problem>(told).code;
    }
    void AskAndDie() { EXPECT_THROW(Ask(), Died); }
    std::size_t Works() { return KeyRepository::List(Server().database, tenant_.id).size(); }
    void Pass(seconds time) { clock_.Set(clock_.Now() + time); }

    static inline const std::string kHash = std::string(32, 'a');
    Tenant tenant_{.currency = *Currency::Parse("EUR")};
    FixedClock clock_{Instant(std::chrono::sys_days(std::chrono::year(2026) / 3 / 1))};
    QuietAudit audit_;
    adapters::SystemClock machine_;
    adapters::SystemIdSource ids_{machine_};
    view::Texts texts_{view::TextCatalog::Empty(), view::TextCatalog::Empty(),
                       view::TextCatalog::Empty(), view::TextCatalog::Empty()};
    Caller caller_{ApiKeyId(Uuid{{1}}), "shop", {}};
    Operation operation_;
    std::function<Result<Finished>(const Json&)> finish_ = [](const Json& note) {
        return Finished{Json{{"done", note.at("number")}}, Key::kKept};
    };
    bool refuses_ = false;
    bool repeats_its_own_ = false;
    int begun_ = 0;
    std::atomic<int> finished_ = 0;
    int repeats_ = 0;
    SendingDesk desk_{Server().database, clock_, audit_};
};

TEST_F(ASendingDesk, BeginsFinishesAndKeepsTheAnswer) {
    EXPECT_EQ(std::get<Json>(Ask()).dump(), R"({"done":1})");
    const auto again = std::get<FirstAnswer>(Ask());
    EXPECT_EQ(again.status, 201);
    EXPECT_EQ(again.body, "{\"done\":1}\n");
    EXPECT_EQ(finished_, 1) << "it was done once";
    EXPECT_EQ(audit_.entries.size(), 1U);
}

TEST_F(ASendingDesk, RefusedAtTheBeginningLeavesNothing) {
    refuses_ = true;
    const auto told = Ask();
    EXPECT_EQ(StatusOf(told), 409);
    EXPECT_EQ(CodeOf(told), "not_now");
    EXPECT_EQ(Works(), 0U);
    refuses_ = false;
    EXPECT_EQ(StatusOf(Ask()), 201) << "the key was free";
    EXPECT_EQ(Works(), 1U);
}

// It would tell the caller to wait for an answer that nobody is at.
TEST_F(ASendingDesk, ADuplicateOfTheWorkItselfIsNoKeyInUse) {
    repeats_its_own_ = true;
    EXPECT_THROW(Ask(), db::DuplicateKey);
    repeats_its_own_ = false;
    EXPECT_EQ(StatusOf(Ask()), 201) << "the key was free";
}

TEST_F(ASendingDesk, OfAnotherRequestUnderTheSameKeyIsRefusedAtEachStep) {
    finish_ = [](const Json&) -> Result<Finished> { throw Died{}; };
    AskAndDie();
    EXPECT_EQ(CodeOf(Ask("k1", std::string(32, 'b'))), "idempotency_key_reused");
    finish_ = [](const Json&) { return Finished{Json::object(), Key::kKept}; };
    Pass(SendingDesk::kClaimHolds);
    Ask();
    EXPECT_EQ(CodeOf(Ask("k1", std::string(32, 'b'))), "idempotency_key_reused");
    EXPECT_EQ(StatusOf(Ask("k2", std::string(32, 'b'))), 201);
}

TEST_F(ASendingDesk, AfterADeathGoesOnFromTheNoteOnceTheClaimIsOver) {
    finish_ = [](const Json&) -> Result<Finished> { throw Died{}; };
    AskAndDie();
    finish_ = [](const Json& note) {
        return Finished{Json{{"done", note.at("number")}}, Key::kKept};
    };
    const auto told = Ask();
    EXPECT_EQ(CodeOf(told), "idempotency_key_in_use");
    EXPECT_EQ(std::get<Problem>(told).retry_after, seconds(5));
    Pass(SendingDesk::kClaimHolds - seconds(2));
    EXPECT_EQ(std::get<Problem>(Ask()).retry_after, seconds(2));
    Pass(seconds(2));
    EXPECT_EQ(std::get<Json>(Ask()).dump(), R"({"done":1})") << "what was begun first";
    EXPECT_EQ(repeats_, 1);
    EXPECT_EQ(begun_, 1);
    EXPECT_EQ(Works(), 1U);
    EXPECT_EQ(StatusOf(Ask()), 201);
    EXPECT_EQ(finished_, 2) << "and now it is kept";
}

TEST_F(ASendingDesk, WhatIsStillOpenIsFinishedOnceMoreAtOnce) {
    finish_ = [](const Json&) {
        return Finished{Trouble{503, "error.who_knows", Json{{"extra", 1}}, seconds(7)},
                        Key::kOpen};
    };
    const auto told = Ask();
    const auto& problem = std::get<Problem>(told);
    EXPECT_EQ(problem.status, 503);
    EXPECT_EQ(problem.code, "who_knows");
    EXPECT_EQ(problem.detail, "words of error.who_knows");
    EXPECT_EQ(problem.retry_after, seconds(7));
    EXPECT_EQ(JsonOf(problem, "r1").at("extra"), 1);
    finish_ = [](const Json& note) {
        return Finished{Json{{"done", note.at("number")}}, Key::kKept};
    };
    EXPECT_EQ(std::get<Json>(Ask()).dump(), R"({"done":1})");
    EXPECT_EQ(begun_, 1);
}

TEST_F(ASendingDesk, WhatCameToNothingIsBegunFromTheStart) {
    finish_ = [](const Json&) {
        return Finished{Trouble{502, "error.gone", Json::object(), {}}, Key::kFree};
    };
    EXPECT_EQ(StatusOf(Ask()), 502);
    finish_ = [](const Json& note) {
        return Finished{Json{{"done", note.at("number")}}, Key::kKept};
    };
    EXPECT_EQ(std::get<Json>(Ask()).dump(), R"({"done":2})");
    EXPECT_EQ(repeats_, 0);
}

TEST_F(ASendingDesk, AnErrorInTheEndLeavesItOpen) {
    finish_ = [](const Json&) -> Result<Finished> { return Conflict("error.decided"); };
    EXPECT_EQ(CodeOf(Ask()), "decided");
    finish_ = [](const Json&) { return Finished{Json::object(), Key::kKept}; };
    EXPECT_EQ(StatusOf(Ask()), 201);
    EXPECT_EQ(begun_, 1);
    EXPECT_EQ(repeats_, 1);
}

TEST_F(ASendingDesk, AKeptRefusalIsGivenAgain) {
    finish_ = [](const Json&) {
        return Finished{Trouble{402, "error.no", Json{{"why", "because"}}, {}}, Key::kKept};
    };
    Ask();
    const auto again = std::get<FirstAnswer>(Ask());
    EXPECT_EQ(again.status, 402);
    EXPECT_EQ(Json::parse(again.body).at("why"), "because");
    EXPECT_EQ(finished_, 1);
}

// Who was slower than his claim must not overwrite what his successor was told.
TEST_F(ASendingDesk, WhoHasLostHisClaimKeepsNothing) {
    finish_ = [this](const Json& note) {
        if (finished_ == 1) {
            Pass(SendingDesk::kClaimHolds);
            EXPECT_EQ(StatusOf(Ask()), 201);
            return Finished{Json{{"done", "late"}}, Key::kKept};
        }
        return Finished{Json{{"done", note.at("number")}}, Key::kKept};
    };
    Ask();
    EXPECT_EQ(std::get<FirstAnswer>(Ask()).body, "{\"done\":1}\n");
}

TEST_F(ASendingDesk, OfManyAtOnceOneIsDone) {
    finish_ = [](const Json&) {
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        return Finished{Json::object(), Key::kKept};
    };
    std::atomic<int> done = 0;
    std::atomic<int> in_use = 0;
    std::vector<std::thread> callers;
    for (int i = 0; i < 5; ++i)
        callers.emplace_back([&] {
            const int status = StatusOf(Ask());
            (status == 201 ? done : in_use) += 1;
        });
    for (std::thread& caller : callers) caller.join();
    EXPECT_EQ(finished_, 1);
    EXPECT_EQ(done, 1);
    EXPECT_EQ(in_use, 4);
    EXPECT_EQ(Works(), 1U);
}

TEST_F(ASendingDesk, KeysOfTenantsAndOfProgramsAreTheirOwn) {
    Ask();
    const Caller other{ApiKeyId(Uuid{{2}}), "other", {}};
    caller_.key = other.key;
    EXPECT_EQ(std::get<Json>(Ask()).dump(), R"({"done":2})");
    tenant_.id = TenantId("elsewhere");
    EXPECT_EQ(std::get<Json>(Ask()).dump(), R"({"done":3})");
}

}  // namespace
}  // namespace livery::api
