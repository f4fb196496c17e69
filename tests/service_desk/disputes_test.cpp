// A ticket that disputes a line of an invoice: DU-04 from the customer's words to the credit note.

#include "app/disputes.h"

#include <filesystem>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <livery/db/attempt.h>
#include <livery/ports/events.h>

#include "app/dunning.h"
#include "app/objections.h"
#include "app/objections_to_lines.h"
#include "app/single_lines.h"
#include "checkout.h"
#include "identity/host_link_signer.h"
#include "identity/identity_service.h"
#include "identity/staff_service.h"
#include "storage/dispute_repository.h"
#include "storage/objection_repository.h"
#include "storage/ticket_repository.h"
#include "view/icu_formatter.h"
#include "view/template_library.h"
#include "view/theme.h"

namespace livery::service_desk {
namespace {

using payments::testing::Checkout;

constexpr db::Statement kLinesOf{
    "test.lines_of",
    "SELECT id FROM invoices_line WHERE tenant_id = :tenant AND document_id = ? "
    "ORDER BY position"};
constexpr db::Statement kTickets{
    "test.tickets", "SELECT COUNT(*) FROM service_desk_ticket WHERE tenant_id = :tenant"};
constexpr db::Statement kForgetOutcome{
    "test.forget_outcome",
    "UPDATE service_desk_dispute SET outcome = 'undecided' WHERE tenant_id = :tenant"};
constexpr db::Statement kNotesOn{
    "test.notes_on",
    "SELECT CAST(-SUM(l.net + l.tax) AS SIGNED), COUNT(*) FROM invoices_line l JOIN "
    "invoices_document d ON d.tenant_id = l.tenant_id AND d.id = l.document_id WHERE l.tenant_id = "
    ":tenant AND d.kind = 'credit_note' AND l.corrects_id = ?"};

class KeptAudit final : public Audit {
 public:
    void Record(db::Transaction&, const Entry& entry) override {
        actions.emplace_back(entry.action);
    }
    std::vector<Recorded> ListOf(const TenantId&, UserId, Uuid, int) override { return {}; }
    std::vector<Recorded> ListAbout(const TenantId&, SubjectId, Uuid, int) override { return {}; }
    std::vector<std::string> actions;
};

class KeptEvents final : public Events {
 public:
    void Publish(db::Transaction&, const Event& event) override { names.emplace_back(event.name); }
    std::vector<std::string> names;
};

class NoMail final : public Mailer {
 public:
    void Enqueue(db::Transaction&, const Tenant&, const Mail&) override {}
    void MakeFilesOf(const std::string&, std::shared_ptr<MailFiles>) override {}
};

class DeskWords final : public TenantFormatters {
 public:
    std::unique_ptr<const Formatter> Of(const TenantId&, const std::string& plugin) override {
        return std::make_unique<view::IcuFormatter>("en-IE", "UTC", library_.TextsOf(plugin, "en"),
                                                    view::IcuFormatter::Missing::kThrow);
    }

 private:
    const std::filesystem::path source_{LIVERY_SOURCE_DIR};
    config::Problems problems_;
    view::TemplateLibrary library_{view::LoadThemes(source_ / "themes", problems_),
                                   {{"service_desk", source_ / "plugins/service_desk"}},
                                   problems_};
};

class DisputesTest : public ::testing::Test {
 protected:
    DisputesTest() {
        auto desk = std::make_shared<Desk>();
        desk->queues["billing"] = {{"en", "Billing"}};
        desk->categories["invoice"] = {{{"en", "An invoice"}}, "billing"};
        checkout_.tenant.plugins = {"payments", "service_desk"};
        checkout_.tenant.settings["service_desk"] = desk;
        checkout_.tenant.locales = {"en-IE"};
        invoice_ = checkout_.ChargeLines({5000, 3000});
        for (const db::Row row :
             checkout_.database.Query(checkout_.tenant.id, kLinesOf, {invoice_}))
            lines_.push_back(row.As<InvoiceLineId>(0));
        checkout_.clock.Set(Instant(checkout_.DueDay(invoice_)) + std::chrono::days(1));
    }
    template <class T>
    Result<T> Do(const std::function<Result<T>(db::Transaction&)>& work) {
        return db::Attempt<T>(checkout_.database, checkout_.tenant.id, work);
    }
    Tickets::Wish Wish(InvoiceLineId line, std::string subject = "Never delivered") const {
        return {checkout_.account,   std::move(subject),           "invoice", {},
                "I did not get it.", {"invoice_line", line.uuid()}};
    }
    Result<Ticket> Open(const Tickets::Wish& wish) {
        return Do<Ticket>([&](db::Transaction& tx) {
            return disputes_.Open(tx, checkout_.tenant, wish, customer_, checkout_.clock.Now());
        });
    }
    Result<Ticket> Decide(TicketId ticket, bool right, const std::string& answer = "Seen to.") {
        return Do<Ticket>([&](db::Transaction& tx) {
            return disputes_.Decide(tx, checkout_.tenant, {ticket, right, answer}, agent_,
                                    checkout_.clock.Now());
        });
    }
    Result<Ticket> Solve(AccountId account, TicketId ticket) {
        return Do<Ticket>([&](db::Transaction& tx) {
            return disputes_.SolveOwned(tx, checkout_.tenant, account, ticket, customer_,
                                        checkout_.clock.Now());
        });
    }
    void GiveBack(InvoiceLineId line, std::int64_t cents) {
        const auto note = Do<InvoiceId>([&](db::Transaction& tx) {
            return single_.Credit(tx, checkout_.account, line,
                                  Money(cents, checkout_.tenant.currency),
                                  checkout_.time().CivilNow(checkout_.tenant));
        });
        ASSERT_TRUE(note) << note.error().message;
    }
    Ticket Now(TicketId id) {
        std::optional<Ticket> found;
        checkout_.database.Transact(checkout_.tenant.id, [&](db::Transaction& tx) {
            found = TicketRepository::Find(tx, id);
        });
        return *found;
    }
    Dispute DisputeOf(TicketId id) {
        return *DisputeRepository::Of(checkout_.database, checkout_.tenant.id, id);
    }
    // What is dunned, in cents.
    std::int64_t Dunned() {
        const auto overdue = dunning_.OverdueOf(checkout_.tenant, checkout_.account,
                                                DayOf(checkout_.time().CivilNow(checkout_.tenant)));
        return overdue.empty() ? 0 : overdue.front().amount.minor_units();
    }
    std::int64_t Objections() {
        return payments::ObjectionRepository::CountOpen(checkout_.database, checkout_.tenant.id);
    }
    std::int64_t TicketCount() {
        return checkout_.database.Query(checkout_.tenant.id, kTickets, {}).Only().Int64(0);
    }
    // Of that line, by credit notes.
    std::int64_t Credited(InvoiceLineId line) {
        const auto rows = checkout_.database.Query(checkout_.tenant.id, kNotesOn, {line});
        return rows[0].IsNull(0) ? 0 : rows[0].Int64(0);
    }
    std::string LastWords(TicketId id) {
        return TicketRepository::Messages(checkout_.database, checkout_.tenant.id, id, true)
            .back()
            .body;
    }
    std::vector<std::string> Broken() {
        std::vector<std::string> broken;
        checkout_.database.Transact(checkout_.tenant.id, [&](db::Transaction& tx) {
            broken.clear();
            disputes_.Check(tx,
                            [&](TicketId, std::string says) { broken.push_back(std::move(says)); });
        });
        return broken;
    }
    static std::string Why(const Result<Ticket>& refused) {
        if (refused) return "not refused";
        return refused.error().fields.empty() ? refused.error().message
                                              : refused.error().fields.front().field;
    }

    class Follower final : public ObjectionFollower {
     public:
        explicit Follower(DisputesTest& test) : test_(test) {}
        void Decided(db::Transaction& tx, const Tenant& tenant, const Uuid& objection,
                     bool right) override {
            test_.disputes_.DecidedElsewhere(tx, tenant, objection, right,
                                             test_.checkout_.clock.Now());
        }

     private:
        DisputesTest& test_;
    };
    payments::PaymentPorts WithFollower() {
        payments::PaymentPorts ports = checkout_.ports;
        ports.follower = LatePort<ObjectionFollower>([this]() -> void* { return &follower_; });
        return ports;
    }

    Checkout checkout_;
    InvoiceId invoice_;
    std::vector<InvoiceLineId> lines_;
    KeptAudit audit_;
    NoMail mailer_;
    DeskWords words_;
    identity::IdentityService identity_{checkout_.database, checkout_.clock, checkout_.ports.ids,
                                        audit_};
    identity::StaffService staff_{checkout_.database, checkout_.clock, checkout_.ports.ids, audit_};
    const identity::HostLinkSigner signer_{std::string(32, 'k')};
    LetterThreads threads_{signer_, checkout_.ports.ids};
    TicketLetters letters_{mailer_, identity_, staff_, threads_};
    KeptEvents told_;
    TicketEvents events_{told_};
    Tickets tickets_{{checkout_.time(), checkout_.ports.ids, audit_, letters_, events_, staff_}};
    invoices::SingleLines single_{checkout_.billing()};
    Follower follower_{*this};
    payments::PaymentPorts ports_ = WithFollower();
    payments::Objections objections_{ports_, &single_};
    payments::ObjectionsToLines to_lines_{objections_, ports_, single_};
    Disputes disputes_{{tickets_, LatePort<LineObjections>([this]() -> void* {
                            return static_cast<LineObjections*>(&to_lines_);
                        }),
                        words_, audit_}};
    payments::Dunning dunning_{ports_};
    const Writer customer_{{}, "Ann Lee", "", "en", ""};
    const Writer agent_{{}, "Dora Desk", "", "en", ""};
};

TEST_F(DisputesTest, LeaveDunningAndComeToACreditNoteOnTheLineForWhoIsRight) {
    ASSERT_EQ(Dunned(), 8000);
    const auto ticket = Open(Wish(lines_.at(1)));
    ASSERT_TRUE(ticket) << Why(ticket);
    EXPECT_EQ(Dunned(), 5000);
    EXPECT_EQ(DisputeOf(ticket->id).amount, checkout_.Euros(3000));
    EXPECT_EQ(checkout_.Balance(invoice_), 8000);
    ASSERT_TRUE(Decide(ticket->id, true, "You are right, we never came."));
    EXPECT_EQ(checkout_.Balance(invoice_), 5000);
    EXPECT_EQ(Credited(lines_.at(1)), 3000);
    EXPECT_EQ(Credited(lines_.at(0)), 0) << "only the line that was disputed";
    EXPECT_EQ(Dunned(), 5000);
    EXPECT_EQ(Now(ticket->id).state, TicketState::kSolved);
    EXPECT_EQ(DisputeOf(ticket->id).outcome, DisputeOutcome::kRight);
    EXPECT_EQ(LastWords(ticket->id), "You are right, we never came.");
    EXPECT_EQ(Objections(), 0);
    EXPECT_TRUE(Broken().empty());
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
}

TEST_F(DisputesTest, AreDunnedAgainForWhoIsNotRight) {
    const auto ticket = Open(Wish(lines_.at(1)));
    ASSERT_TRUE(ticket) << Why(ticket);
    ASSERT_TRUE(Decide(ticket->id, false));
    EXPECT_EQ(Dunned(), 8000);
    EXPECT_EQ(checkout_.Balance(invoice_), 8000);
    EXPECT_EQ(Credited(lines_.at(1)), 0);
    EXPECT_EQ(DisputeOf(ticket->id).outcome, DisputeOutcome::kWrong);
    EXPECT_TRUE(Broken().empty());
}

TEST_F(DisputesTest, LeaveNeitherTicketNorObjectionWhereOneOfThemIsRefused) {
    EXPECT_EQ(Why(Open(Wish(lines_.at(1), " "))), "subject");
    Tickets::Wish nowhere = Wish(lines_.at(1));
    nowhere.about.id = invoice_.uuid();
    EXPECT_EQ(Why(Open(nowhere)), "error.not_found");
    // A ticket that is refused after the objection was written, by the database itself.
    Tickets::Wish elsewhere = Wish(lines_.at(1));
    EXPECT_FALSE(Do<Ticket>([&](db::Transaction& tx) -> Result<Ticket> {
        LIVERY_TRY(
            disputes_.Open(tx, checkout_.tenant, elsewhere, customer_, checkout_.clock.Now()));
        return Conflict("error.killed");
    }));
    EXPECT_EQ(TicketCount(), 0);
    EXPECT_EQ(Objections(), 0);
    EXPECT_EQ(Dunned(), 8000);
}

TEST_F(DisputesTest, AreRefusedWithWhyWhereNothingCanBeDisputed) {
    ASSERT_TRUE(Open(Wish(lines_.at(1))));
    EXPECT_EQ(Why(Open(Wish(lines_.at(1)))), "error.line_disputed");
    const auto other = Open(Wish(lines_.at(0)));
    ASSERT_TRUE(other) << Why(other);
    EXPECT_EQ(Dunned(), 0);
    ASSERT_TRUE(Decide(other->id, true));
    EXPECT_EQ(Why(Open(Wish(lines_.at(0)))), "error.line_credited");
    const InvoiceId paid = checkout_.Charge(1000);
    const auto line =
        checkout_.database.Query(checkout_.tenant.id, kLinesOf, {paid}).Only().As<InvoiceLineId>(0);
    ASSERT_TRUE(*checkout_.Pay(paid, 1000));
    EXPECT_EQ(Why(Open(Wish(line))), "error.line_paid");
}

TEST_F(DisputesTest, KeepTheirTicketOpenUntilTheyAreDecided) {
    const auto ticket = Open(Wish(lines_.at(1)));
    ASSERT_TRUE(ticket) << Why(ticket);
    const auto answer = [&](std::optional<TicketState> wanted) {
        return Do<Ticket>([&](db::Transaction& tx) {
            return tickets_.Answer(tx, checkout_.tenant, {ticket->id, "Thanks.", wanted}, agent_,
                                   checkout_.clock.Now());
        });
    };
    const auto move = [&](TicketState wanted) {
        return Do<Ticket>([&](db::Transaction& tx) {
            return tickets_.Move(tx, checkout_.tenant, ticket->id, wanted, agent_,
                                 checkout_.clock.Now());
        });
    };
    EXPECT_EQ(Why(answer(TicketState::kSolved)), "error.dispute_undecided");
    EXPECT_EQ(Why(move(TicketState::kSolved)), "error.dispute_undecided");
    EXPECT_TRUE(answer(TicketState::kWaitingForCustomer));
    EXPECT_TRUE(answer({}));
    EXPECT_EQ(Why(Decide(ticket->id, true, " \n")), "answer");
    EXPECT_EQ(Dunned(), 5000);
    ASSERT_TRUE(Decide(ticket->id, true));
    EXPECT_EQ(Why(Decide(ticket->id, false)), "error.ticket_moved") << "once";
    EXPECT_EQ(checkout_.Balance(invoice_), 5000);
    EXPECT_TRUE(move(TicketState::kOpen)) << "and may be opened and solved like any other";
    EXPECT_TRUE(move(TicketState::kSolved));
}

TEST_F(DisputesTest, AreWithdrawnByACustomerWhoSolvesTheTicket) {
    const auto ticket = Open(Wish(lines_.at(1)));
    ASSERT_TRUE(ticket) << Why(ticket);
    EXPECT_EQ(Why(Solve(AccountId(MakeUuidV7(9, {})), ticket->id)), "no such ticket");
    EXPECT_EQ(Dunned(), 5000);
    ASSERT_TRUE(Solve(checkout_.account, ticket->id));
    EXPECT_EQ(Dunned(), 8000);
    EXPECT_EQ(Now(ticket->id).state, TicketState::kSolved);
    EXPECT_EQ(DisputeOf(ticket->id).outcome, DisputeOutcome::kWithdrawn);
    EXPECT_EQ(audit_.actions.back(), "objection.withdrawn");
}

TEST_F(DisputesTest, AreRightOfWhatIsLeftWhereSomeWasGivenBackMeanwhile) {
    const auto ticket = Open(Wish(lines_.at(1)));
    ASSERT_TRUE(ticket) << Why(ticket);
    GiveBack(lines_.at(1), 1000);
    ASSERT_TRUE(Decide(ticket->id, true));
    EXPECT_EQ(Credited(lines_.at(1)), 3000);
    EXPECT_EQ(checkout_.Balance(invoice_), 5000);
    EXPECT_EQ(DisputeOf(ticket->id).outcome, DisputeOutcome::kRight);
    EXPECT_EQ(checkout_.BrokenInvariants(), "");
}

TEST_F(DisputesTest, AreRightWithoutANoteWhereAllWasGivenBackMeanwhile) {
    const auto ticket = Open(Wish(lines_.at(1)));
    ASSERT_TRUE(ticket) << Why(ticket);
    GiveBack(lines_.at(1), 3000);
    ASSERT_TRUE(Decide(ticket->id, true));
    EXPECT_EQ(Credited(lines_.at(1)), 3000) << "once";
    EXPECT_EQ(DisputeOf(ticket->id).outcome, DisputeOutcome::kRight);
    EXPECT_EQ(Objections(), 0);
    EXPECT_TRUE(Broken().empty());
}

TEST_F(DisputesTest, AreTakenOfALineTwiceInVainAndNoMore) {
    for (const bool withdrawn : {true, false}) {
        const auto ticket = Open(Wish(lines_.at(1)));
        ASSERT_TRUE(ticket) << Why(ticket);
        ASSERT_TRUE(withdrawn ? Solve(checkout_.account, ticket->id) : Decide(ticket->id, false));
    }
    EXPECT_EQ(Why(Open(Wish(lines_.at(1)))), "error.line_decided");
    EXPECT_EQ(Dunned(), 8000);
    EXPECT_TRUE(Open(Wish(lines_.at(0)))) << "another line";
}

TEST_F(DisputesTest, AreNotThereNoMoreForWhoDecidesThemSecond) {
    const auto ticket = Open(Wish(lines_.at(1)));
    ASSERT_TRUE(ticket) << Why(ticket);
    // As if the other one had committed between the look and the lock.
    checkout_.database.Transact(checkout_.tenant.id, [&](db::Transaction& tx) {
        payments::ObjectionRepository::Close(tx,
                                             payments::ObjectionId(DisputeOf(ticket->id).objection),
                                             false, "x", checkout_.clock.Now());
    });
    EXPECT_EQ(Why(Decide(ticket->id, true)), "error.ticket_moved");
    EXPECT_EQ(Why(Solve(checkout_.account, ticket->id)), "error.ticket_moved");
}

TEST_F(DisputesTest, AreToldOfWhatIsDecidedWhereObjectionsAre) {
    for (const bool right : {true, false}) {
        const auto ticket = Open(Wish(lines_.at(right ? 1 : 0)));
        ASSERT_TRUE(ticket) << Why(ticket);
        const payments::ObjectionId objection(DisputeOf(ticket->id).objection);
        ASSERT_TRUE(objections_.Decide(checkout_.tenant, objection, right, "internal reason"));
        EXPECT_EQ(Now(ticket->id).state, TicketState::kSolved);
        const std::string said = LastWords(ticket->id);
        EXPECT_EQ(said, right ? "You were right: we have made a credit note of €30.00."
                              : "We have looked into it: €50.00 is owed as invoiced.")
            << "and not what staff wrote for themselves";
        EXPECT_EQ(Why(Decide(ticket->id, right)), "error.ticket_moved");
    }
    EXPECT_EQ(checkout_.Balance(invoice_), 5000);
    EXPECT_TRUE(Broken().empty());
}

TEST_F(DisputesTest, AreFoundByTheAuditWhenTheTicketIsOverBeforeThem) {
    const auto ticket = Open(Wish(lines_.at(1)));
    ASSERT_TRUE(ticket) << Why(ticket);
    EXPECT_TRUE(Broken().empty());
    ASSERT_TRUE(Decide(ticket->id, false));
    checkout_.database.Transact(checkout_.tenant.id,
                                [&](db::Transaction& tx) { tx.Execute(kForgetOutcome, {}); });
    const auto broken = Broken();
    ASSERT_EQ(broken.size(), 2U);
    EXPECT_EQ(broken[0], ticket->number + " is solved, and what it disputes is undecided");
    EXPECT_EQ(broken[1], ticket->number +
                             " says that what it disputes is undecided, its objection is decided");
}

}  // namespace
}  // namespace livery::service_desk
