#pragma once

#include <optional>
#include <string>
#include <vector>

#include <livery/billing/tax.h>
#include <livery/billing/timeline.h>
#include <livery/ids.h>
#include <livery/money/rounding.h>

namespace livery::invoices {

enum class LineKind {
    kRecurring,   // a plan's price for a period, or a part of one
    kOneTime,     // a plan's one-time price
    kUsage,       // what was used, in arrear
    kCharge,      // asked for by staff or another plugin
    kRepair,      // gives back what a subscription is no longer charged for
    kAdjustment,  // gives back a part of a line by decision
    kCredit,      // an amount granted, of no line
    kChild,       // a child account's invoice that this account pays (HA-01)
};
std::string_view ToString(LineKind kind);
std::optional<LineKind> LineKindFrom(std::string_view text);

// A line of an invoice or credit note, with everything that its amount came from. Amounts are as
// they change what is owed: charges positive, what is given back negative.
struct Line {
    InvoiceLineId id;
    LineKind kind = LineKind::kCharge;
    std::optional<SubscriptionId> subscription;
    std::optional<billing::ChargeKey> key;   // of a subscription's charge
    std::optional<InvoiceLineId> corrects;   // of kRepair and kAdjustment
    std::optional<InvoiceId> child_invoice;  // of kChild, with whose it is
    std::optional<AccountId> child_account;
    std::string text;  // what it is for; the product's name for a subscription
    std::string plan;  // its name; "" = none
    std::string site;
    std::string tax_class;
    std::optional<std::vector<std::string>> tax_codes;  // instead of what the rules say

    Span covers{};  // the time that is charged or given back; empty = a moment or none
    Span period{};  // the whole period that `share` is a part of
    Decimal unit_price;
    Decimal quantity{1};
    Ratio share;                       // covers ÷ period, as the policy measures it
    Money amount;                      // unit price × quantity × share, rounded once
    Money discount;                    // taken off by coupons, or to lower a draft; not negative
    std::vector<std::string> coupons;  // that took something off
    Money net;                         // amount − discount, less the tax that it includes
    std::vector<billing::LineTax> taxes;

    // What was charged by the price: gross where prices include tax.
    Money Charged() const { return amount - discount; }
    Money Tax() const;
    Money Total() const { return net + Tax(); }
    bool operator==(const Line&) const = default;

    static Line Of(LineKind kind, const Money& amount);  // net = amount, nothing else set
};

// What is left of a line that was invoiced, after everything that was given back of it.
struct BilledLine {
    Line line;
    std::vector<Span> given_back;  // by repairs
    Money left;                    // of Charged()
    std::vector<Money> tax_left;   // beside line.taxes
    bool is_written_off = false;   // nobody paid it, so nothing of it is given back

    static BilledLine Of(const Line& line);
    void Give(const Line& correction);  // takes a correction of this line into account
    Money LeftWithTax() const;
    std::vector<Span> LiveSpans() const;  // the time it covers that was not given back
};

// A line that gives back `amount` (positive, at most what is left) of a billed line, with the part
// of its taxes that belongs to it (TX-14, CN-01); the last part takes all that is left.
Line CorrectionOf(const BilledLine& billed, LineKind kind, const Money& amount);

// The smaller of two amounts in one currency.
inline Money Least(const Money& a, const Money& b) {
    return b.minor_units() < a.minor_units() ? b : a;
}

}  // namespace livery::invoices
