#include "sandbox/store/store.h"

#include <cstdio>
#include <cstdlib>
#include <system_error>

namespace livery::sandbox {

Store::Store(const std::string& ledger_path, Delays delays, const Clock& clock,
             std::function<std::string()> random)
    : delays_(delays),
      clock_(clock),
      random_(std::move(random)),
      ledger_(ledger_path,
              [this](std::string_view line) { book_.Apply(FromLine(Json::parse(line))); }) {}

Draft::World Store::World() const {
    const auto machine =
        std::chrono::floor<std::chrono::seconds>(clock_.Now()).time_since_epoch().count();
    return {book_, delays_, machine + book_.clock(), random_};
}

// One thing may lead to the next: a dispute opens and, days later, is decided.
void Store::CommitDue() {
    for (Change due = Settle(World()); !due.empty(); due = Settle(World())) Commit(due);
}

void Store::Commit(const Change& change) {
    if (change.empty()) return;
    try {
        ledger_.Append(ToLine(change).dump());
    } catch (const std::system_error& failure) {
        std::fprintf(stderr, "%s\n", failure.what());
        std::abort();
    }
    book_.Apply(change);
}

}  // namespace livery::sandbox
