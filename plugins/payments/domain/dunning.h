#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <livery/money/money.h>
#include <livery/time/instant.h>

#include "domain/shares.h"

namespace livery::payments {

// What an account owes past its due date, in one currency.
struct Overdue {
    Date oldest_due{};
    Money amount;
};

// What was due by that day, per currency, of what is owed.
std::vector<Overdue> OverdueOf(const std::vector<OwedInvoice>& owed, Date due_by);

// What happens to whoever does not pay: by the age of the oldest unpaid invoice (DU-01). The clock
// of retries is another one.
struct DunningStep {
    std::string name;  // "warning"
    int at_days = 0;   // after the due date
    // "block": what the account has is suspended until it has paid; "end_at_term": it ends with its
    // term; "" = a letter only. Whoever sells or changes asks PaymentStanding, so that it waits.
    std::string action;
};

// Somebody said on which day he pays: until that day is over nothing happens to him.
struct Promise {
    Date made_on{};
    Date pays_by{};
};
bool Holds(const std::optional<Promise>& promise, Date today);

// The furthest step whose age is reached, several at once if need be; nullptr: clear. `least`: an
// overdue amount below it is not worth a step (DU-02).
const DunningStep* StepAt(const std::vector<DunningStep>& steps,
                          const std::optional<Overdue>& overdue, const std::optional<Money>& least,
                          Date today);

// The furthest of what each currency has reached.
const DunningStep* StepOfAll(const std::vector<DunningStep>& steps,
                             const std::vector<Overdue>& overdue,
                             const std::map<Currency, Money>& least, Date today);
// nullptr is before all of them.
bool IsFurther(const DunningStep* step, const DunningStep* than);
// From the step at which it stands: what is owed and not on its way leads further, and back only
// what is left of all that is owed. So nothing is undone, and told anew, for money that then does
// not come.
const DunningStep* NextStep(const DunningStep* before, const DunningStep* of_open,
                            const DunningStep* of_owed);
// Whether that step, or one on the way to it, does so; nullptr does nothing.
bool Does(const std::vector<DunningStep>& steps, const DunningStep* step, std::string_view action);
const DunningStep* StepNamed(const std::vector<DunningStep>& steps, std::string_view name);

// Letters about what is overdue, per currency (DU-02): so many at most, with so many full days
// between them, from a threshold on.
struct ReminderPlan {
    int most = 2;
    int days_between = 2;
    std::map<Currency, Money> least;
};
struct RemindedOf {
    int letters = 0;
    std::optional<Date> last;
};
// Nothing more will be written about any of it.
bool IsFinished(const ReminderPlan& plan, const std::map<Currency, RemindedOf>& reminded,
                const std::vector<Overdue>& overdue);
bool RemindsOn(const ReminderPlan& plan, const RemindedOf& reminded, const Money& overdue,
               Date today);

}  // namespace livery::payments
