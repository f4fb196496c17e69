#include "app/tiling_audit.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/account_ranges.h"
#include "app/billing_of_tenant.h"
#include "storage/charged_time_repository.h"

namespace livery::invoices {

namespace {

using Report = std::function<void(Violation)>;

std::string TextOf(const Span& span) {
    return fmt::format("{} to {}", ToIso(span.from), ToIso(span.to));
}

std::string TextOf(const ChargedLine& line) {
    return line.document.empty() ? "a draft" : line.document;
}

// The accounts of one range.
class Audit {
 public:
    Audit(db::Transaction& tx, const BillingPorts& ports, const Report& report)
        : tx_(tx),
          report_(report),
          timelines_(ports.timelines),
          proration_(ports.catalogs.Of(tx.tenant())->policies.proration),
          billed_to_(ChargedTimeRepository::BilledTo(tx)),
          failures_(FailuresOfLastRun(tx)) {}

    void Check(AccountId after, AccountId last) {
        const auto charged = ChargedTimeRepository::OfRange(tx_, after, last);
        const auto settled = ChargedTimeRepository::SettledInRange(tx_, after, last);
        for (const auto& [id, of] : charged) ReportTwice(id, of.lines);
        for (const auto& timeline : timelines_.OfRange(tx_, after, last, AsOf(settled),
                                                       SubscriptionTimelines::For::kLooking)) {
            if (timeline.account == after) continue;  // of the range before
            const auto lines = charged.find(timeline.subscription);
            const auto to = settled.find(timeline.subscription);
            ReportGaps(timeline, lines == charged.end() ? kNothing : lines->second.lines,
                       to == settled.end() ? billed_to_ : std::max(billed_to_, {to->second}));
        }
    }

 private:
    // A pause that is over by then cuts what it gives back.
    CivilTime AsOf(const std::map<SubscriptionId, CivilTime>& settled) const {
        CivilTime as_of = billed_to_.value_or(CivilTime{});
        for (const auto& [id, to] : settled) as_of = std::max(as_of, to);
        return as_of;
    }

    void ReportTwice(SubscriptionId id, const std::vector<ChargedLine>& lines) const {
        for (const ChargedTwice& twice : TimeChargedTwice(lines, proration_)) {
            report_(
                {id.ToString(), fmt::format("is charged from {} on {} and {}", TextOf(twice.time),
                                            TextOf(*twice.first), TextOf(*twice.second))});
        }
    }

    void ReportGaps(const billing::Timeline& timeline, const std::vector<ChargedLine>& lines,
                    const std::optional<CivilTime>& billed_to) const {
        if (!billed_to) return;
        for (const Span& open : UnchargedTime(timeline, lines, *billed_to)) {
            report_(
                {timeline.subscription.ToString(),
                 fmt::format("is not charged from {}{}", TextOf(open), WhyNot(timeline.account))});
        }
    }

    // What stopped the account's billing, if that is known.
    std::string WhyNot(AccountId account) const {
        const auto failure = failures_.find(account);
        if (failure == failures_.end()) return "";
        return fmt::format(": the last billing run failed for {}: {}", account.ToString(),
                           failure->second);
    }

    static inline const std::vector<ChargedLine> kNothing;
    db::Transaction& tx_;
    const Report& report_;
    SubscriptionTimelines& timelines_;
    billing::Policies::Proration proration_;
    std::optional<CivilTime> billed_to_;
    std::map<AccountId, std::string> failures_;
};

}  // namespace

void CheckTiling(db::Transaction& tx, const BillingPorts& ports, const Report& report) {
    Audit audit(tx, ports, report);
    ForEachRange(tx, [&](AccountId after, AccountId last) { audit.Check(after, last); });
}

}  // namespace livery::invoices
