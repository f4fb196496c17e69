#pragma once

#include <string>
#include <vector>

#include "app/payment_desk.h"
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
    };
    // Of the machine's day before this one, for each instance that can list; and of the days that
    // an earlier run could not end. A day that was compared is not compared again.
    Report Run(const Tenant& tenant);
    // One day of one list.
    void Compare(const Tenant& tenant, const ComparisonRepository::Day& day, Report& report);

    struct Decision {
        DifferenceId id;
        std::string by;  // a person, by name
        std::string reason;
        std::optional<AccountId> book_for;  // of what is missing here: whose money it is
    };
    // kNotFound: none that is open. kInvalidArgument on `by`, `reason`; on `book`: it is no payment
    // that is missing here.
    Result<OpenDifference> Decide(const Tenant& tenant, const Decision& decision);

 private:
    std::optional<BookedMove> Booked(const Tenant& tenant, const std::string& instance,
                                     const ListedMove& move);
    std::optional<BookedMove> BookedPayment(const Tenant& tenant, const std::string& instance,
                                            const ListedMove& move);
    std::optional<BookedMove> BookedChargeback(const Tenant& tenant, const std::string& instance,
                                               const ListedMove& move);
    Result<void> Book(db::Transaction& tx, const Tenant& tenant, const OpenDifference& open,
                      AccountId account);
    PaymentDesk& desk_;
};

}  // namespace livery::payments
