#include "checkout.h"

#include <filesystem>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "app/biller.h"
#include "db/migrator.h"

namespace livery::payments::testing {

namespace {

kills::Stage& TheStage() {
    static kills::Stage stage(kills::kShapes, db::Durability::kTestOnly);
    static const bool migrated = [] {
        const auto plugins = std::filesystem::path(LIVERY_SOURCE_DIR) / "plugins";
        db::Migrator(stage.server().endpoint())
            .Apply(db::ReadMigrations({{"payments", plugins / "payments/migrations"},
                                       {"service_desk", plugins / "service_desk/migrations"}}),
                   [](const db::Migration&) {});
        db::Connection(stage.server().endpoint())
            .Run(
                "CREATE TABLE test_letter (tenant_id VARCHAR(32) CHARACTER SET ascii NOT NULL, "
                "kind VARCHAR(24) CHARACTER SET ascii NOT NULL, about BINARY(16) NOT NULL, KEY "
                "by_tenant (tenant_id))");
        return true;
    }();
    (void)migrated;
    return stage;
}

constexpr db::Statement kForgetPayments{"test.forget_payments",
                                        "DELETE FROM payments_payment WHERE tenant_id = :tenant"};
constexpr db::Statement kForgetSlots{"test.forget_slots",
                                     "DELETE FROM payments_slot WHERE tenant_id = :tenant"};

constexpr db::Statement kKeepLetter{
    "test.keep_letter", "INSERT INTO test_letter (tenant_id, kind, about) VALUES (:tenant, ?, ?)"};
constexpr db::Statement kLetters{"test.letters",
                                 "SELECT COUNT(*), COUNT(DISTINCT about) FROM test_letter WHERE "
                                 "tenant_id = :tenant AND kind = ?"};
constexpr db::Statement kReceipts{
    "test.receipts",
    "SELECT COUNT(*), CAST(COALESCE((SELECT SUM(last_number) FROM payments_counter c WHERE "
    "c.tenant_id = :tenant), 0) AS SIGNED) FROM payments_receipt r WHERE r.tenant_id = :tenant"};

TenantId NextTenant() {
    static int tenants = 0;
    return TenantId(fmt::format("payer-{}", ++tenants));
}

}  // namespace

void KeptLog::Warn(std::string_view event, std::initializer_list<Field> fields) {
    std::string line(event);
    for (const Field& field : fields) {
        if (field.name == "instance") line += " " + std::string(field.value);
    }
    const std::lock_guard lock(mutex_);
    warned_.push_back(line);
}

std::vector<std::string> KeptLog::Warned() const {
    const std::lock_guard lock(mutex_);
    return warned_;
}

void KeptLetters::Keep(db::Transaction& tx, const std::string& kind, const Uuid& about) {
    tx.Execute(kKeepLetter, {kind, about});
}

int Checkout::Letters(const std::string& kind) {
    return static_cast<int>(real_.Query(tenant.id, kLetters, {kind})[0].Int64(0));
}

Checkout::Checkout()
    : tenant{.id = NextTenant(), .currency = *Currency::Parse("EUR")},
      account(TheStage().shop().At(static_cast<std::size_t>(kills::Shape::kArrear))),
      clock(Instant(*ParseDate("2026-03-01"))),
      real_(TheStage().database()),
      billing_(real_, tenant.id, TheStage().shop()),
      invoicing_(billing_.ports()) {}

InvoiceId Checkout::Charge(std::int64_t cents, std::string_view currency) {
    return ChargeLines({cents}, currency);
}

InvoiceId Checkout::ChargeLines(const std::vector<std::int64_t>& cents, std::string_view currency) {
    InvoiceId made;
    // Without tax on top: the tests say what is owed.
    invoices::ManualInvoice wanted{{}, "", false};
    for (const std::int64_t one : cents)
        wanted.lines.push_back({"A visit", Decimal(one, 2), Decimal(1), *Currency::Parse(currency),
                                "", "untaxed", std::vector<std::string>()});
    real_.Transact(tenant.id, [&](db::Transaction& tx) {
        made =
            invoices::Biller(billing_.ports())
                .Charge(tx, account, wanted, std::chrono::floor<std::chrono::seconds>(clock.Now()))
                ->front();
    });
    return made;
}

invoices::AccountBook Checkout::Book() {
    std::optional<invoices::AccountBook> book;
    real_.Transact(tenant.id, [&](db::Transaction& tx) {
        book.emplace(billing_.ports().books.Load(tx, account));
    });
    return *std::move(book);
}

Date Checkout::DueDay(InvoiceId invoice) {
    Date due{};
    database.Transact(tenant.id, [&](db::Transaction& tx) {
        for (const auto& owed : invoicing_.LockOwed(tx, account)) {
            if (owed.id == invoice) due = owed.due_on;
        }
    });
    return due;
}

void Checkout::CreditOwed(InvoiceId invoice, std::int64_t cents) {
    database.Transact(tenant.id, [&](db::Transaction& tx) {
        ASSERT_TRUE(invoicing_
                        .CreditOwed(tx, account, {invoice, Euros(cents)},
                                    time_.ToCivil(tenant, clock.Now()))
                        .has_value());
    });
}

std::int64_t Checkout::Balance(InvoiceId invoice) {
    return Book().Find(invoice)->Balance().minor_units();
}

std::int64_t Checkout::Credit() { return Book().CreditIn(euro_).minor_units(); }

std::optional<Result<Payment>> Checkout::Pay(const std::vector<Share>& parts, Origin origin) {
    try {
        StartPayment::Wish wish{
            .account = account, .instance = "cards", .origin = origin, .parts = parts};
        if (origin == Origin::kCustomer) wish.payer.locale = "de";
        return start.Run(tenant, wish);
    } catch (const Killed&) {
        return std::nullopt;
    }
}

void Checkout::LetTheJanitorFinish() {
    for (int looks = 0; looks < 200; ++looks) {
        std::optional<Instant> next;
        for (const Payment& payment : Payments()) {
            if (payment.next_look_at && (!next || *payment.next_look_at < *next))
                next = payment.next_look_at;
        }
        if (!next) return;
        clock.Set(std::max(clock.Now(), *next));
        try {
            janitor.Run(tenant);
        } catch (const Killed&) {
            // It was the janitor that died: another one goes on.
        } catch (const db::CommitUnknown&) {
        }
    }
    throw std::logic_error("the janitor never comes to an end");
}

void Checkout::Forget() {
    real_.Transact(tenant.id, [](db::Transaction& tx) {
        tx.Execute(kForgetPayments, {});
        tx.Execute(kForgetSlots, {});
    });
}

std::vector<Payment> Checkout::Payments() {
    return PaymentRepository::Page(real_, tenant.id, account, std::nullopt, 100);
}

std::string Checkout::WrongWithTheMoney() {
    std::int64_t settled = 0;
    std::int64_t held = 0;
    int receipts = 0;
    for (const Payment& payment : Payments()) {
        const auto* entry = provider.Of(payment.reference);
        const bool took = entry != nullptr && entry->Took();
        if (payment.state == PaymentState::kHeld) {
            held += took ? payment.amount.minor_units() : 0;
            continue;
        }
        if (IsUnderWay(payment.state))
            return fmt::format("{} is {}", payment.reference, ToString(payment.state));
        if (took != HasMoney(payment.state))
            return fmt::format("{} is {} here and {} there", payment.reference,
                               ToString(payment.state),
                               entry == nullptr ? "nothing" : entry->state);
        if (took) settled += SettledBy(payment.amount, *payment.processed).minor_units();
        if (!payment.receipt.empty()) ++receipts;
    }
    const db::Rows letter_rows = real_.Query(tenant.id, kLetters, {"received"});
    const db::Rows receipt_rows = real_.Query(tenant.id, kReceipts, {});
    const db::Row written = letter_rows.Only();
    const db::Row numbered = receipt_rows.Only();
    if (written.Int64(0) != receipts || written.Int64(1) != receipts)
        return fmt::format("{} receipts and {} letters", receipts, written.Int64(0));
    if (numbered.Int64(0) != receipts || numbered.Int64(1) != receipts)
        return fmt::format("{} receipts, the last is number {}", receipts, numbered.Int64(1));
    const invoices::AccountBook book = Book();
    std::int64_t booked = 0;
    for (const auto& payment : book.payments()) booked += payment.amount.minor_units();
    if (booked != settled) return fmt::format("{} booked of {}", booked, settled);
    if (provider.Charged() != settled + held && !provider.TookDollars())
        return fmt::format("{} charged, {} settled, {} held", provider.Charged(), settled, held);
    for (const auto& document : book.documents()) {
        if (document.paid.minor_units() > document.Total().minor_units())
            return document.number + " is paid twice";
    }
    return "";
}

std::string Checkout::BrokenInvariants() { return TheStage().BrokenInvariants(tenant.id.value()); }

}  // namespace livery::payments::testing
