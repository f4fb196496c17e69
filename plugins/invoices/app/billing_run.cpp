#include "app/billing_run.h"

#include <algorithm>
#include <future>
#include <mutex>
#include <stdexcept>
#include <utility>

#include "app/account_batch.h"
#include "app/biller.h"
#include "app/pace.h"
#include "app/turns.h"
#include "app/when_connected.h"

namespace livery::invoices {

namespace {

// Ends a unit of work of which nothing is kept.
struct NotKept {};
struct MadeWay {};

void Add(std::map<Currency, Money>& sums, const Money& amount) {
    const auto [sum, fresh] = sums.try_emplace(amount.currency(), amount);
    if (!fresh) sum->second = sum->second + amount;
}

void Count(const Document& document, BillingRun::Report& report) {
    if (document.kind == DocumentKind::kCreditNote) {
        ++report.credit_notes;
        Add(report.credited, Money(0, document.currency) - document.Total());
    } else {
        ++report.invoices;
        Add(report.invoiced, document.Total());
    }
}

void Add(BillingRun::Report& report, const BillingRun::Report& part) {
    report.accounts += part.accounts;
    report.invoices += part.invoices;
    report.credit_notes += part.credit_notes;
    for (const auto& [currency, sum] : part.invoiced) Add(report.invoiced, sum);
    for (const auto& [currency, sum] : part.credited) Add(report.credited, sum);
    report.failures.insert(report.failures.end(), part.failures.begin(), part.failures.end());
}

}  // namespace

// What the threads of one run share. There may be one connection for both, so nothing that one
// holds while it waits for a connection may be needed by the other inside a transaction. A turn is,
// but not for ever: see GetsItsTurn.
struct BillingRun::Course {
    const TenantId& tenant;
    const Options& options;
    const Progress& progress;
    Turns reading;
    Turns turns;         // of writing
    Report report;       // of whose turn it is
    std::mutex listing;  // guards the next two; held while waiting for a connection
    std::size_t batches = 0;
    std::int64_t after = 0;
    std::mutex pacing;  // guards all below; held for moments
    Pace pace;

    // Once for each batch, however often it is done.
    void HasRead(Batch& batch) {
        if (!std::exchange(batch.has_read, true)) reading.Done();
    }
    bool SideBySide() {
        const std::lock_guard lock(pacing);
        return pace.SideBySide();
    }
    // Whether the turn of a batch that has its locks comes before it has to make way.
    bool GetsItsTurn(std::size_t number) {
        std::unique_lock lock(pacing);
        const auto patience = pace.Patience();
        lock.unlock();
        const bool came = turns.Await(number, patience);
        lock.lock();
        came ? pace.GotItsTurn() : pace.MadeWay();
        return came;
    }
    void WentAlone(std::chrono::steady_clock::duration took) {
        const std::lock_guard lock(pacing);
        pace.WentAlone(std::chrono::ceil<Pace::Time>(took));
    }
};

// How a batch gets on with the other: says when it has its locks, and asks whether it may write;
// where it may not, it makes way, and nothing is kept.
struct BillingRun::Beside {
    std::function<void()> has_read;
    std::function<bool()> may_write;
};

// The only connection may be that of the batch before: until that one is done, patience is not
// used up.
std::vector<AccountDirectory::Entry> BillingRun::List(Course& course, std::size_t number) {
    const auto list = [&] {
        return accounts_.List(course.tenant, course.after, course.options.together);
    };
    try {
        return list();
    } catch (const db::Unavailable&) {
        course.turns.Await(number);
    }
    return WhenConnected(course.options.connection_patience, list);
}

BillingRun::Batch BillingRun::NextBatch(Course& course) {
    const std::lock_guard lock(course.listing);
    Batch batch{course.batches++, {}, false};
    for (const auto& entry : List(course, batch.number)) {
        batch.accounts.push_back(entry.id);
        course.after = entry.number;
    }
    return batch;
}

BillingRun::Outcome BillingRun::Attempt(const Course& course,
                                        const std::vector<AccountId>& accounts,
                                        const Beside& beside) {
    const auto [first, last] = std::minmax_element(accounts.begin(), accounts.end());
    const CivilTime as_of = course.options.as_of;
    Outcome outcome;
    try {
        database_.Transact(course.tenant, [&](db::Transaction& tx) {
            outcome = {};  // the database may have asked to do it again
            Report& report = outcome.report;
            AccountBatch batch(ports_, tx, {*first, *last}, as_of);
            beside.has_read();
            Biller biller(batch.ports());
            for (const AccountId account : accounts) {
                const auto billed = biller.Bill(tx, account, as_of);
                if (!billed) throw std::runtime_error(billed.error().message);
                ++report.accounts;
                if (billed->empty()) continue;
                const AccountBook book = batch.ports().books.Load(tx, account);
                for (const InvoiceId id : *billed) Count(*book.Find(id), report);
            }
            if (course.options.dry_run) throw NotKept{};
            if (!beside.may_write()) throw MadeWay{};
            batch.Flush(tx);
        });
    } catch (const NotKept&) {
    } catch (const MadeWay&) {
        outcome.reason = "made way";
    } catch (const db::Unavailable&) {
        throw;  // no fault of the accounts
    } catch (const std::exception& error) {
        outcome.reason = error.what();
    }
    return outcome;
}

BillingRun::Report BillingRun::RunInTurn(Course& course, const std::vector<AccountId>& accounts) {
    const auto attempt = [&](const std::vector<AccountId>& some) {
        const Beside nobody{[] {}, [] { return true; }};
        return WhenConnected(course.options.connection_patience,
                             [&] { return Attempt(course, some, nobody); });
    };
    Outcome outcome = attempt(accounts);
    if (!outcome.reason) return std::move(outcome.report);
    Report report;
    for (const AccountId account : accounts) {
        const Outcome alone = attempt({account});
        if (alone.reason)
            report.failures.push_back({account, *alone.reason});
        else
            Add(report, alone.report);
    }
    return report;
}

// An earlier batch that needs an account which a later one has locked, the parent of one of its own
// say, waits in the database for that one, which waits for its turn: the later one makes way.
// Locks are taken in the order of the batches, too: to read its range a batch looks at the account
// behind it, the first one of the next, and both may note that a plan is used.
BillingRun::Outcome BillingRun::RunAhead(Course& course, Batch& batch) {
    Beside beside;
    beside.has_read = [&] { course.HasRead(batch); };
    beside.may_write = [&] { return course.GetsItsTurn(batch.number); };
    try {
        Outcome outcome = Attempt(course, batch.accounts, beside);
        beside.has_read();  // it may have failed before
        return outcome;
    } catch (const db::Unavailable& error) {
        // It waits for a connection in its turn. The next one does not read before that: it could
        // take this connection, and wait for its turn with it.
        return {{}, error.what()};
    }
}

void BillingRun::RunBatch(Course& course, Batch& batch) {
    std::optional<Outcome> ahead;
    course.reading.Await(batch.number);
    if (course.SideBySide()) {
        ahead = RunAhead(course, batch);
    } else {
        course.HasRead(batch);
    }
    course.turns.Await(batch.number);
    const auto begin = std::chrono::steady_clock::now();
    // What failed beside another may go well alone.
    const bool kept = ahead && !ahead->reason;
    Add(course.report, kept ? ahead->report : RunInTurn(course, batch.accounts));
    if (!ahead) course.WentAlone(std::chrono::steady_clock::now() - begin);
    course.progress(course.report);
    course.HasRead(batch);
    course.turns.Done();
}

void BillingRun::WorkOff(Course& course) {
    try {
        for (Batch batch = NextBatch(course); !batch.accounts.empty(); batch = NextBatch(course))
            RunBatch(course, batch);
    } catch (...) {
        course.reading.GiveUp(std::current_exception());
        course.turns.GiveUp(std::current_exception());
        throw;
    }
}

BillingRun::Report BillingRun::Run(const TenantId& tenant, const Options& options,
                                   const Progress& progress) {
    Course course{tenant, options, progress, {}, {}, {}, {}, {}, {}, {}, {}};
    auto other = std::async(std::launch::async, [&] { WorkOff(course); });
    WorkOff(course);
    other.get();
    return std::move(course.report);
}

}  // namespace livery::invoices
