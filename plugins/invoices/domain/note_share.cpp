#include "domain/note_share.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>

namespace livery::invoices {

namespace {

bool IncludesTax(const Line& line) { return line.net != line.Charged(); }

// What is left of a line: its taxes in their order, then its net amount. Taxes first: half a cent
// of a tax is rounded up.
std::vector<std::int64_t> LeftOf(const BilledLine& billed) {
    std::vector<std::int64_t> left;
    std::int64_t taxes = 0;
    for (const Money& tax : billed.tax_left) {
        left.push_back(tax.minor_units());
        taxes += tax.minor_units();
    }
    const std::int64_t charged = billed.left.minor_units();
    left.push_back(IncludesTax(billed.line) ? charged - taxes : charged);
    return left;
}

std::int64_t SumOf(const std::vector<std::int64_t>& parts) {
    std::int64_t sum = 0;
    for (const std::int64_t part : parts) sum += part;
    return sum;
}

// Lines whose taxes are the same.
using Rates = std::vector<std::tuple<std::string, std::string, std::string>>;
Rates RatesOf(const Line& line) {
    Rates rates;
    for (const billing::LineTax& tax : line.taxes)
        rates.emplace_back(tax.code, tax.rate.ToString(), tax.category);
    return rates;
}

// A correction of a line by these parts of its taxes and net amount.
Line CorrectionBy(const BilledLine& billed, const std::vector<std::int64_t>& parts) {
    const Currency currency = billed.left.currency();
    const Money back(IncludesTax(billed.line) ? SumOf(parts) : parts.back(), currency);
    Line line = CorrectionOf(billed, LineKind::kAdjustment, back);
    for (std::size_t i = 0; i < line.taxes.size(); ++i) {
        line.taxes[i].amount = Money(-parts[i], currency);
        // A tax on the net amount is on what is given back of it.
        if (billed.line.taxes[i].base == billed.line.net)
            line.taxes[i].base = Money(-parts.back(), currency);
    }
    line.net = Money(-parts.back(), currency);
    return line;
}

// `amount` over lines of the same rates: once for the rate, then each of its amounts over the
// lines. What is left is the weight, so none gets more than that.
void ShareAlike(const std::vector<const BilledLine*>& lines, const Money& amount,
                std::map<const BilledLine*, Line>& shared) {
    std::vector<std::vector<std::int64_t>> left;
    for (const BilledLine* line : lines) left.push_back(LeftOf(*line));
    std::vector<std::int64_t> whole(left.front().size(), 0);
    for (const auto& parts : left) {
        for (std::size_t i = 0; i < parts.size(); ++i) whole[i] += parts[i];
    }
    const std::vector<Money> of_rate = Allocate(amount, whole);
    std::vector<std::vector<std::int64_t>> given(lines.size());
    for (std::size_t i = 0; i < whole.size(); ++i) {
        std::vector<std::int64_t> weights;
        for (const auto& parts : left) weights.push_back(parts[i]);
        const std::vector<Money> of_lines = Allocate(of_rate[i], weights);
        for (std::size_t l = 0; l < lines.size(); ++l)
            given[l].push_back(of_lines[l].minor_units());
    }
    for (std::size_t l = 0; l < lines.size(); ++l) {
        if (SumOf(given[l]) > 0) shared.emplace(lines[l], CorrectionBy(*lines[l], given[l]));
    }
}

}  // namespace

std::vector<Line> SharedOut(const std::vector<BilledLine>& billed, const Money& amount) {
    std::map<Rates, std::vector<const BilledLine*>> by_rates;
    for (const BilledLine& line : billed) by_rates[RatesOf(line.line)].push_back(&line);
    std::vector<std::int64_t> left;
    for (const auto& [rates, lines] : by_rates) {
        std::int64_t sum = 0;
        for (const BilledLine* line : lines) sum += SumOf(LeftOf(*line));
        left.push_back(sum);
    }
    const std::vector<Money> parts = Allocate(amount, left);
    std::map<const BilledLine*, Line> shared;
    std::size_t part = 0;
    for (const auto& [rates, lines] : by_rates) ShareAlike(lines, parts[part++], shared);
    std::vector<Line> in_order;
    for (const BilledLine& line : billed) {
        if (const auto found = shared.find(&line); found != shared.end())
            in_order.push_back(found->second);
    }
    return in_order;
}

}  // namespace livery::invoices
