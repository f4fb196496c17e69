#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <livery/time/instant.h>

namespace livery::property {

// A second telling of what a base and its add-on are charged, slow and without dated choices: one
// day after the other, each knowing no more than what was asked for by then.

// A plan of this shop: one recurring price, in advance.
struct SimplePlan {
    std::string id;
    int months = 1;
    bool with_base = false;  // an add-on's that has its base's periods
    bool operator==(const SimplePlan&) const = default;
};

// What one day is charged as; no plan = it is not charged.
struct ChargedDay {
    std::string plan;
    int units = 0;
    Date from{}, to{};  // the whole period that it is a part of
    bool operator==(const ChargedDay&) const = default;
};
std::string ToText(const ChargedDay& day);

struct AskedChange {
    Date on{};
    SimplePlan plan;
    bool shared = true;  // the running period between both plans
};

class DayByDay {
 public:
    // `base`: of an add-on; it lives each day first.
    DayByDay(SimplePlan plan, Date start, const DayByDay* base = nullptr);

    void Begin(Date day);  // its midnight
    ChargedDay Charged(Date day) const;

    // What is asked for in the course of `day`, and was not refused.
    void ChangeNow(const AskedChange& change);
    void ChangeLater(const AskedChange& change, std::optional<int> units);
    void UnitsNow(int units);
    void UnitsFrom(Date day, int units);
    void UnitsAtTermEnd(int units) { UnitsFrom(to_, units); }
    void Withdraw();
    void MoveDay(int day) { day_waits_ = day; }
    void EndOn(Date day) { ends_ = day; }
    void Stay() { ends_.reset(); }
    void Pause(Date from, std::optional<Date> to) { pauses_.emplace_back(from, to); }
    void Resume(Date day);

 private:
    bool IsOver(Date day) const;
    bool IsPaused(Date day) const;
    bool IsPoint(Date day, int months) const;
    void TakeDay(Date day);
    void LeaveUnits(Date day);
    void TakeBases(Date day);
    void Become(const AskedChange& change, bool begins);
    void SetPeriod(Date day);

    SimplePlan plan_, priced_;
    int units_ = 1, priced_units_ = 1;
    Date start_, origin_;
    int day_;
    int moved_ = 0,
        followed_ = 0;  // how often the periods moved; of the base's, how many came here
    Date from_{}, to_{};
    std::optional<int> day_waits_;
    std::optional<AskedChange> change_;
    struct WaitingUnits {
        Date on{};
        int units = 0;
        bool with_plan = false;  // else asked for by themselves
    };
    std::vector<WaitingUnits> units_wait_;  // by themselves first
    std::vector<std::pair<Date, std::optional<Date>>> pauses_;
    std::optional<Date> ends_;
    const DayByDay* base_;
};

}  // namespace livery::property
