// Mails a second that become words in tickets, on a private, durable MariaDB, against two ceilings
// of the same run: reading the same mails without a database, and bare transactions of one row
// each. mail_in [SENDERS] [THREADS] prints one JSON object. Letters to others are rows, not
// rendered.
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <thread>

#include <fmt/format.h>

#include <livery/json.h>

#include "adapters/system_clock.h"
#include "app/incoming_mail.h"
#include "audit/audit_log.h"
#include "clock/tenant_clocks.h"
#include "db/testing/private_server.h"
#include "events/event_log.h"
#include "identity/host_link_signer.h"
#include "identity/identity_service.h"
#include "identity/staff_service.h"
#include "mail/outbox_repository.h"
#include "mime/mail_parser.h"
#include "view/icu_formatter.h"

namespace livery::bench {
namespace {

using namespace service_desk;  // NOLINT: of what is measured

constexpr int kMailsOfOne = 16;  // an hour's limit is twenty

class RowMailer final : public Mailer {
 public:
    explicit RowMailer(IdSource& ids) : ids_(ids) {}
    void Enqueue(db::Transaction& tx, const Tenant&, const Mail& mail) override {
        livery::mail::Message message{"",
                                      "desk@x.example",
                                      "Desk",
                                      mail.to_address,
                                      mail.to_name,
                                      "A letter",
                                      std::string(3000, 'h'),
                                      std::string(800, 'p'),
                                      Instant{}};
        message.thread = mail.thread;
        livery::mail::OutboxRepository::Insert(tx, ids_.Next(), message);
    }
    void MakeFilesOf(const std::string&, std::shared_ptr<MailFiles>) override {}

 private:
    IdSource& ids_;
};

view::Texts NoTexts() {
    const auto none = view::TextCatalog::Empty();
    return {none, none, none, none};
}

class NoWords final : public TenantFormatters {
 public:
    std::unique_ptr<const Formatter> Of(const TenantId&, const std::string&) override {
        return std::make_unique<view::IcuFormatter>("en-IE", "UTC", NoTexts());
    }
};

class Silence final : public OperatorLog {
 public:
    void Warn(std::string_view, std::initializer_list<Field>) override {}
};

constexpr db::Statement kOneRow{"bench.one_row",
                                "INSERT INTO service_desk_message (tenant_id, ticket_id, id, "
                                "is_public, party, author, author_name, body, at) "
                                "VALUES (:tenant, ?, ?, TRUE, 'customer', NULL, 'x', ?, ?)"};

Tenant MakeTenant() {
    Tenant tenant{TenantId("bench"),       "Bench", {}, "https://care.example", {"en-IE"}, "UTC",
                  *Currency::Parse("EUR"), ""};
    auto desk = std::make_shared<Desk>();
    desk->queues["care"] = {{"en", "Care"}};
    desk->categories["question"] = {{{"en", "A question"}}, "care"};
    desk->mail = DeskMail{"help@x.example", "question"};
    tenant.settings["service_desk"] = desk;
    return tenant;
}

void Migrate(db::testing::PrivateServer& server) {
    const std::filesystem::path root(LIVERY_SOURCE_DIR);
    db::Migrator(server.embedded.endpoint())
        .Apply(db::ReadMigrations({{"service_desk", root / "plugins/service_desk/migrations"}}),
               [](const db::Migration&) {});
}

// The whole desk over one database.
struct Stage {
    db::testing::PrivateServer server{{"db", "audit", "identity", "clock", "mail", "events"},
                                      8,
                                      db::Durability::kFull,
                                      db::EmbeddedOptions{}.buffer_pool_mib};
    adapters::SystemClock clock;
    adapters::SystemIdSource ids{clock};
    audit::AuditLog audit{server.database, clock, ids};
    identity::IdentityService identity{server.database, clock, ids, audit};
    identity::StaffService staff{server.database, clock, ids, audit};
    identity::HostLinkSigner signer{std::string(32, 'k')};
    clock::TenantClocks time{server.database, clock};
    RowMailer mailer{ids};
    NoWords words;
    Silence log;
    LetterThreads threads{signer, ids};
    TicketLetters letters{mailer, identity, staff, threads};
    events::EventLog log_of_events{clock, ids};
    TicketEvents events{log_of_events};
    Tickets tickets{Tickets::Parts{time, ids, audit, letters, events, staff}};
    MailIn mails{
        {server.database, tickets, MailSenders(identity, staff), threads, mailer, words, log, {}}};
    Tenant tenant = MakeTenant();
};

std::string MailOf(const std::string& from, const std::string& to, int n) {
    std::string mail = fmt::format(
        "Return-Path: <{0}>\r\nFrom: Ann Lee <{0}>\r\nTo: {1}\r\nSubject: Re: your "
        "request\r\nMessage-ID: "
        "<{2}.{0}>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; "
        "boundary=b\r\n\r\n--b\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n\r\nIt rings again, number {2}.\r\n\r\nOn 30 "
        "Nov 2026, Desk "
        "wrote:\r\n> ##- Please write your reply above this line -##\r\n",
        from, to, n);
    for (int line = 0; line < 30; ++line) mail += "> What was said before, a line of it.\r\n";
    return mail + "\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>It rings again</p>\r\n--b--\r\n";
}

// Of one sender: their mails to the address of their ticket.
std::vector<std::string> MailsOfSender(Stage& stage, int sender) {
    const std::string email = fmt::format("sender{}@x.example", sender);
    Result<Ticket> ticket = NotFound("not run");
    const Instant now = stage.clock.Now();
    stage.server.database.Transact(stage.tenant.id, [&](db::Transaction& tx) {
        const AccountId account(stage.ids.Next());
        const auto user =
            stage.identity.CreateUser(tx, {email, "Ann Lee", "-", SubjectOf(account), "en"});
        stage.identity.MarkVerified(tx, *user);
        ticket = stage.tickets.Open(
            tx, stage.tenant, {account, "It does not ring", "question", {}, "Since Monday.", {}},
            {*user, "Ann Lee", email, "en", ""}, now);
    });
    const std::string to = ReplyAddressOf("help@x.example", ticket.value().id, {},
                                          stage.threads.SignerOf(stage.tenant));
    std::vector<std::string> mails;
    for (int n = 0; n < kMailsOfOne; ++n) mails.push_back(MailOf(email, to, n));
    return mails;
}

double RateOf(std::size_t count, int threads, const std::function<void(std::size_t)>& each) {
    const auto begin = std::chrono::steady_clock::now();
    std::vector<std::thread> workers;
    for (int t = 0; t < threads; ++t)
        workers.emplace_back([&, t] {
            for (auto i = static_cast<std::size_t>(t); i < count;
                 i += static_cast<std::size_t>(threads))
                each(i);
        });
    for (std::thread& worker : workers) worker.join();
    return static_cast<double>(count) /
           std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace
}  // namespace livery::bench

int main(int argc, char** argv) {
    using namespace livery;         // NOLINT: its main
    using namespace livery::bench;  // NOLINT
    const int senders = argc > 1 ? std::atoi(argv[1]) : 125;
    const int threads = argc > 2 ? std::atoi(argv[2]) : 4;
    Stage stage;
    Migrate(stage.server);
    std::vector<std::string> mails;
    for (int sender = 0; sender < senders; ++sender)
        for (std::string& mail : MailsOfSender(stage, sender)) mails.push_back(std::move(mail));
    std::atomic<std::size_t> replied = 0;
    const auto take = [&](std::size_t i) {
        const auto outcome =
            stage.mails.Take(stage.tenant, {mails[i], mails[i].size()}, stage.clock.Now());
        replied += outcome == MailIn::Outcome::kReplied ? 1 : 0;
    };
    const double taken = RateOf(mails.size(), threads, take);
    const double again = RateOf(mails.size(), threads, take);
    const double parsed = RateOf(mails.size(), threads,
                                 [&](std::size_t i) { static_cast<void>(ParseMail(mails[i])); });
    const std::string body(100, 'x');
    const double bare = RateOf(mails.size(), threads, [&](std::size_t) {
        stage.server.database.Transact(stage.tenant.id, [&](db::Transaction& tx) {
            tx.Execute(kOneRow, {stage.ids.Next(), stage.ids.Next(), body, stage.clock.Now()});
        });
    });
    fmt::print("{}\n", nlohmann::ordered_json{{"mails", mails.size()},
                                              {"threads", threads},
                                              {"mails_per_second", taken},
                                              {"second_deliveries_per_second", again},
                                              {"parsed_per_second", parsed},
                                              {"bare_transactions_per_second", bare},
                                              {"mail_in_vs_bare_transactions", taken / bare}}
                           .dump());
    // Each once: neither lost, nor taken twice.
    return replied == mails.size() ? 0 : 1;
}
