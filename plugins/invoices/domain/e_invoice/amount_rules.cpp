#include <array>

#include "domain/e_invoice/rule_report.h"

namespace livery::invoices::e_invoice {

namespace {

// The ids of one place for allowances or charges, in the words of the standard.
struct AdjustmentRules {
    const char* amount;
    const char* category;  // null: has none of its own
    const char* reason;
    const char* reason_again;  // the standard says it twice
};
constexpr AdjustmentRules kDocumentAllowance{"BR-31", "BR-32", "BR-33", "BR-CO-21"};
constexpr AdjustmentRules kDocumentCharge{"BR-36", "BR-37", "BR-38", "BR-CO-22"};
constexpr AdjustmentRules kLineAllowance{"BR-41", nullptr, "BR-42", "BR-CO-23"};
constexpr AdjustmentRules kLineCharge{"BR-43", nullptr, "BR-44", "BR-CO-24"};

void CheckAdjustment(const AllowanceCharge& adjustment, const AdjustmentRules& rules,
                     const std::string& where, RuleReport& report) {
    const bool reasoned = !IsBlank(adjustment.reason) || !IsBlank(adjustment.reason_code);
    report.Require(adjustment.amount.has_value(), rules.amount,
                   "an allowance or charge has an amount", where);
    if (rules.category != nullptr) {
        report.Require(adjustment.vat.category.has_value(), rules.category,
                       "an allowance or charge has a VAT category", where);
    }
    for (const char* rule : {rules.reason, rules.reason_again}) {
        report.Require(reasoned, rule, "an allowance or charge has a reason or its code", where);
    }
}

// Every amount of the invoice: visit(rule, amount, where), the rule being the one of BR-DEC.
template <class Visit>
void VisitAdjustment(const AllowanceCharge& adjustment, std::array<const char*, 4> rules,
                     const std::string& where, const Visit& visit) {
    const bool charge = adjustment.kind == Adjustment::kCharge;
    visit(rules[charge ? 2 : 0], adjustment.amount, where);
    visit(rules[charge ? 3 : 1], adjustment.base, where);
}

template <class Visit>
void VisitAmounts(const EInvoice& invoice, const Visit& visit) {
    const Totals& totals = invoice.totals;
    for (std::size_t i = 0; i < invoice.adjustments.size(); ++i) {
        VisitAdjustment(invoice.adjustments[i],
                        {"BR-DEC-01", "BR-DEC-02", "BR-DEC-05", "BR-DEC-06"},
                        At("allowance or charge", i), visit);
    }
    visit("BR-DEC-09", totals.lines, "");
    visit("BR-DEC-10", totals.allowances, "");
    visit("BR-DEC-11", totals.charges, "");
    visit("BR-DEC-12", totals.without_vat, "");
    visit("BR-DEC-13", totals.vat, "");
    visit("BR-DEC-14", totals.with_vat, "");
    visit("BR-DEC-16", totals.prepaid, "");
    visit("BR-DEC-17", totals.rounding, "");
    visit("BR-DEC-18", totals.due, "");
    for (std::size_t i = 0; i < invoice.vat.size(); ++i) {
        visit("BR-DEC-19", invoice.vat[i].taxable, At("VAT breakdown", i));
        visit("BR-DEC-20", invoice.vat[i].tax, At("VAT breakdown", i));
    }
    for (std::size_t i = 0; i < invoice.lines.size(); ++i) {
        visit("BR-DEC-23", invoice.lines[i].net, At("line", i));
        for (const AllowanceCharge& adjustment : invoice.lines[i].adjustments) {
            VisitAdjustment(adjustment, {"BR-DEC-24", "BR-DEC-25", "BR-DEC-27", "BR-DEC-28"},
                            At("line", i), visit);
        }
    }
}

// Three-digit currencies (KWD) have amounts that the standard cannot carry.
bool HasTwoDecimals(const Money& amount) {
    std::int64_t unit = 1;
    for (int digits = amount.currency().minor_digits(); digits > 2; --digits) unit *= 10;
    return amount.minor_units() % unit == 0;
}

Money SumOf(const std::vector<AllowanceCharge>& adjustments, Adjustment kind, Currency currency) {
    Money sum(0, currency);
    for (const AllowanceCharge& adjustment : adjustments) {
        if (adjustment.kind == kind && adjustment.amount) sum = sum + *adjustment.amount;
    }
    return sum;
}

}  // namespace

void CheckAdjustments(const EInvoice& invoice, RuleReport& report) {
    for (std::size_t i = 0; i < invoice.adjustments.size(); ++i) {
        const bool charge = invoice.adjustments[i].kind == Adjustment::kCharge;
        CheckAdjustment(invoice.adjustments[i], charge ? kDocumentCharge : kDocumentAllowance,
                        At("allowance or charge", i), report);
    }
    for (std::size_t i = 0; i < invoice.lines.size(); ++i) {
        for (const AllowanceCharge& adjustment : invoice.lines[i].adjustments) {
            const bool charge = adjustment.kind == Adjustment::kCharge;
            CheckAdjustment(adjustment, charge ? kLineCharge : kLineAllowance, At("line", i),
                            report);
        }
    }
}

void CheckDecimals(const EInvoice& invoice, RuleReport& report) {
    VisitAmounts(invoice, [&](const char* rule, const std::optional<Money>& amount,
                              const std::string& where) {
        report.Require(!amount || HasTwoDecimals(*amount), rule,
                       "an amount has at most two decimals", where);
    });
}

bool HasOneCurrency(const EInvoice& invoice) {
    bool one = true;
    VisitAmounts(invoice, [&](const char*, const std::optional<Money>& amount, const std::string&) {
        one = one && (!amount || amount->currency() == invoice.currency);
    });
    return one;
}

void CheckTotals(const EInvoice& invoice, RuleReport& report) {
    const Totals& totals = invoice.totals;
    const Money zero(0, *invoice.currency);
    Money lines = zero;
    for (const Line& line : invoice.lines) lines = lines + line.net.value_or(zero);
    Money vat = zero;
    for (const VatSubtotal& subtotal : invoice.vat) vat = vat + subtotal.tax.value_or(zero);
    const Money allowances = totals.allowances.value_or(zero);
    const Money charges = totals.charges.value_or(zero);
    report.Require(!totals.lines || *totals.lines == lines, "BR-CO-10",
                   "the sum of lines (BT-106) is the sum of their net amounts (BT-131)");
    report.Require(
        allowances == SumOf(invoice.adjustments, Adjustment::kAllowance, *invoice.currency),
        "BR-CO-11", "the sum of allowances (BT-107) is the sum of the allowances (BT-92)");
    report.Require(charges == SumOf(invoice.adjustments, Adjustment::kCharge, *invoice.currency),
                   "BR-CO-12", "the sum of charges (BT-108) is the sum of the charges (BT-99)");
    if (totals.lines && totals.without_vat) {
        report.Require(*totals.without_vat == *totals.lines - allowances + charges, "BR-CO-13",
                       "the total without VAT (BT-109) is lines - allowances + charges");
    }
    report.Require(invoice.vat.empty() || totals.vat == vat, "BR-CO-14",
                   "the total VAT (BT-110) is the sum of the breakdown's taxes (BT-117)");
    if (totals.without_vat && totals.with_vat) {
        report.Require(*totals.with_vat == *totals.without_vat + totals.vat.value_or(zero),
                       "BR-CO-15", "the total with VAT (BT-112) is that without plus the VAT");
    }
    if (totals.with_vat && totals.due) {
        const Money due = *totals.with_vat - totals.prepaid.value_or(zero);
        report.Require(
            *totals.due == due + totals.rounding.value_or(zero), "BR-CO-16",
            "the amount due (BT-115) is the total - prepaid (BT-113) + rounding (BT-114)");
    }
}

}  // namespace livery::invoices::e_invoice
