#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage.h"

namespace livery::property {

// Somebody does something; what exactly, `a` and `b` say, taken modulo what there is.
struct Operation {
    enum class Kind : std::uint8_t {
        kClock,
        kBill,
        kSubscribe,
        kAddon,
        kChangePlan,
        kChangeQuantity,
        kWithdrawChange,
        kPause,
        kResume,
        kCancel,
        kWithdrawCancel,
        kMoveBillingDay,
        kPay,
        kGrantCredit,
        kAdjust,
        kCreditNote,
        kRefund,
        kVoid,
        kWriteOff
    };  // clang-format keeps what belongs together
    static constexpr int kKinds = 19;
    Kind kind = Kind::kClock;
    int a = 0;
    int b = 0;
    bool operator==(const Operation&) const = default;
};

// The life of one customer, under a combination of the policies.
struct Life {
    int policies = 0;
    std::vector<Operation> operations;
    bool operator==(const Life&) const = default;
};

// "7: subscribe 0 3, clock 31 0, pause 2 0": as a counter-example is kept.
std::string ToText(const Life& life);
std::optional<Life> LifeFrom(std::string_view text);

// Plays a life through the real use cases and looks at everything after each step. What went
// wrong, or "".
struct Played {
    std::string problem;
    int accepted = 0;  // operations that were not refused
};
Played Play(const Life& life);

// Plays it twice, step by step: in memory, and on `storage` with the billing run's own batches. The
// same must hold after each step, and both must have kept the same: documents, payments, credit,
// agreements, the ledger.
Played PlayBeside(const Life& life, std::unique_ptr<golden::Storage> storage);

// What was charged net for each subscription of a life without changes, when billed every `days`.
std::vector<std::int64_t> ChargedWhenBilledEvery(int days, const Life& life);

}  // namespace livery::property
