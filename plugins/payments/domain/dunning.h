#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <livery/money/money.h>
#include <livery/time/instant.h>

namespace livery::payments {

// What an account owes past its due date, in one currency.
struct Overdue {
    Date oldest_due{};
    Money amount;
};

// What happens to whoever does not pay: by the age of the oldest unpaid invoice (DU-01). The clock
// of retries is another one.
struct DunningStep {
    std::string name;  // "warning"
    int at_days = 0;   // after the due date
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
bool RemindsOn(const ReminderPlan& plan, const RemindedOf& reminded, const Money& overdue,
               Date today);

}  // namespace livery::payments
