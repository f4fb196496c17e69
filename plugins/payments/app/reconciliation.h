#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/payment_desk.h"
#include "domain/days_to_compare.h"
#include "storage/comparison_repository.h"

namespace livery::payments {

// Every day the provider's list beside our books. What agrees is noted; each difference is a
// person's to decide. Money that the provider has and we do not know of is booked only by such a
// decision; where the reference is ours the payment is looked up, as if it had been due.
class Reconciliation {
 public:
    explicit Reconciliation(PaymentDesk& desk) : desk_(desk) {}

    struct Report {
        int lists = 0;
        int listed = 0;
        int matched = 0;
        int differences = 0;  // new ones
        int failed = 0;       // lists that could not be read to their end: the next run does
        std::string fault;    // why the last of those could not; "" = none failed
    };
    // Of the machine's day before this one, for each instance that can list; and, the oldest first,
    // of days that an earlier run could not end or that had none, as when the host was down (see
    // DaysToCompare). A day that was compared is not compared again: CompareAgain does. Of those
    // that cannot list the operator's log says so.
    Report Run(const Tenant& tenant);
    // One day of one list, with whatever the provider has listed since.
    void Compare(const Tenant& tenant, const ComparisonRepository::Day& day, Report& report);

    struct Span {
        Date from{};             // the machine's days, both included
        std::optional<Date> to;  // none: the day before this one
        std::string instance;    // "": each that can list
    };
    struct Compared {
        ComparisonRepository::Day day;
        Report report;
    };
    // Days once more, whether they were compared or not, the oldest first: what a person asks for
    // after the database was set back. What is known already, open or decided, is no difference
    // again. kInvalidArgument on `from` or `to`: a day that is not over (its run would leave it
    // out), an end before the beginning, more than kMostDaysCompared; on `instance`: it cannot
    // list.
    Result<std::vector<Compared>> CompareAgain(const Tenant& tenant, const Span& span);
    // The last day that is over.
    Date LastDay() const;
    // Which of the tenant's instances can list, in their order; and which take money and cannot:
    // a person compares those.
    std::vector<std::string> Listing(const Tenant& tenant);
    std::vector<std::string> NotListing(const Tenant& tenant);

    struct Decision {
        DifferenceId id;
        std::string by;  // a person, by name
        std::string reason;
        std::optional<AccountId> book_for;  // of what is missing here: whose money it is
    };
    // kNotFound: none that is open. kInvalidArgument on `by`, `reason`; on `book_for`: it is no
    // payment that is missing here. kConflict `error.under_way`: what it would pay is being paid.
    Result<OpenDifference> Decide(const Tenant& tenant, const Decision& decision);
    Result<OpenDifference> DecideIn(db::Transaction& tx, const Tenant& tenant,
                                    const Decision& decision);

 private:
    std::optional<BookedMove> Booked(const Tenant& tenant, const std::string& instance,
                                     const ListedMove& move);
    std::optional<BookedMove> BookedPayment(const Tenant& tenant, const std::string& instance,
                                            const ListedMove& move);
    std::optional<BookedMove> BookedChargeback(const Tenant& tenant, const std::string& instance,
                                               const ListedMove& move);
    std::optional<BookedMove> BookedRefund(const Tenant& tenant, const std::string& instance,
                                           const ListedMove& move);
    // What our books have of those days, and the list has not.
    void AddUnlisted(const Tenant& tenant, const std::string& instance, Instant from, Instant until,
                     std::vector<BookedMove>& booked);
    std::optional<BookedMove> UnlistedChargeback(const Tenant& tenant, PaymentId id);
    // What the payer's bank holds, as our books have it once the provider was asked and followed;
    // and whether it says the same.
    struct Held {
        Money here;
        bool is_confirmed = false;
    };
    Held HeldAfterLookUp(const Tenant& tenant, const Payment& payment);
    Money HeldOf(const Tenant& tenant, const Payment& payment);
    Result<void> Book(db::Transaction& tx, const Tenant& tenant, const OpenDifference& open,
                      AccountId account);
    PaymentDesk& desk_;
};

}  // namespace livery::payments
