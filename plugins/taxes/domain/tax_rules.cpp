#include "domain/tax_rules.h"

#include <algorithm>

#include <livery/check.h>
#include <livery/money/rounding.h>

namespace livery::taxes {

using billing::LineTax;
using billing::Policies;
using billing::TaxableLine;
using billing::TaxedLine;
using billing::TaxQuestion;

namespace {

bool Lists(const std::vector<std::string>& names, const std::string& name) {
    return names.empty() || std::find(names.begin(), names.end(), name) != names.end();
}

std::optional<Money> AmountIn(const billing::Price& price, Currency currency) {
    const auto found = price.find(currency);
    return found == price.end() ? std::nullopt : MoneyFrom(found->second, currency);
}

std::int64_t Size(const Money& amount) {
    return amount.minor_units() < 0 ? -amount.minor_units() : amount.minor_units();
}

// A tax as it applies to one line: perhaps to nothing, by an exemption or a reverse charge.
struct Applied {
    const Tax* tax;
    bool charged;
    std::string category;
    std::string note;
};

// Calculates one document.
class Calculation {
 public:
    Calculation(const TaxRules& rules, const Policies& policies, const TaxQuestion& question)
        : rules_(rules), policies_(policies), question_(question) {}

    Result<billing::TaxAnswer> Run() {
        for (const TaxableLine& line : question_.lines) {
            applied_.push_back(LIVERY_TRY(TaxesOf(line)));
        }
        for (std::size_t i = 0; i < applied_.size(); ++i) {
            answer_.lines.push_back(rules_.prices_include_tax ? Inside(i) : OnTop(i));
        }
        if (policies_.tax_rounding == Policies::TaxRounding::kPerDocument) RoundPerDocument();
        return std::move(answer_);
    }

 private:
    bool AppliesTo(const Tax& tax, const TaxableLine& line) const {
        const bool here = tax.places.empty() ||
                          std::any_of(tax.places.begin(), tax.places.end(),
                                      [&](const Jurisdiction& j) { return j.Holds(line.place); });
        return here && Lists(tax.product_classes, line.tax_class) &&
               Lists(tax.customer_classes, question_.customer_class) &&
               (!tax.from || *tax.from <= question_.on) &&
               (!tax.until || question_.on < *tax.until);
    }

    Result<std::vector<Applied>> TaxesOf(const TaxableLine& line) const {
        std::vector<Applied> applied;
        if (line.taxes) {
            for (const std::string& code : *line.taxes) {
                const auto tax = std::find_if(rules_.taxes.begin(), rules_.taxes.end(),
                                              [&](const Tax& t) { return t.code == code; });
                if (tax == rules_.taxes.end()) return InvalidField("taxes", "error.no_such_tax");
                applied.push_back(LIVERY_TRY(Apply(*tax, line)));
            }
            return applied;
        }
        for (const Tax& tax : rules_.taxes) {
            if (AppliesTo(tax, line)) applied.push_back(LIVERY_TRY(Apply(tax, line)));
        }
        return applied;
    }

    Result<Applied> Apply(const Tax& tax, const TaxableLine& line) const {
        for (const TaxQuestion::Exemption& exemption : question_.exemptions) {
            if (exemption.tax == tax.code && question_.on < exemption.until)
                return Applied{&tax, false, "E", exemption.certificate};
        }
        const bool abroad = line.place.country != rules_.seller_country;
        if (tax.reverse_charge && abroad && !question_.vat_id.empty()) {
            if (!question_.vat_id_valid)
                return Error{ErrorCode::kUnavailable, "error.vat_id_unchecked", {}};
            if (*question_.vat_id_valid) return Applied{&tax, false, "AE", "reverse_charge"};
        }
        return Applied{&tax, true, tax.category, tax.note};
    }

    LineTax Begin(const Applied& applied, const Money& base) const {
        return {applied.tax->code,
                applied.tax->name,
                applied.category,
                applied.charged ? applied.tax->rate : Decimal(),
                base,
                Money(0, base.currency()),
                applied.note};
    }

    // The amount that belongs to a tax for the line's units.
    Money ForUnits(const Tax& tax, const TaxableLine& line) const {
        const auto unit = tax.per_unit.find(question_.currency);
        if (unit == tax.per_unit.end()) return {0, question_.currency};
        return Product(unit->second, line.quantity, line.share, question_.currency);
    }

    // What belongs to a tax besides its rate: the amount per unit, and the cap.
    Money Finish(const Tax& tax, const TaxableLine& line, Money amount) const {
        amount = amount + ForUnits(tax, line);
        const auto cap = AmountIn(tax.cap, question_.currency);
        if (cap && Size(amount) > cap->minor_units())
            return Money(amount.minor_units() < 0 ? -cap->minor_units() : cap->minor_units(),
                         question_.currency);
        return amount;
    }

    TaxedLine OnTop(std::size_t index) const {
        return OnTopOf(question_.lines[index].amount, index);
    }

    TaxedLine OnTopOf(const Money& net, std::size_t index) const {
        const TaxableLine& line = question_.lines[index];
        TaxedLine taxed{net, {}};
        Money before(0, question_.currency);
        for (const Applied& applied : applied_[index]) {
            const Money base = applied.tax->compound ? net + before : net;
            LineTax tax = Begin(applied, base);
            if (applied.charged)
                tax.amount = Finish(*applied.tax, line, Percent(base, applied.tax->rate));
            before = before + tax.amount;
            taxed.taxes.push_back(std::move(tax));
        }
        return taxed;
    }

    // Of 1 + F parts of the gross amount, each tax is f. Parts are in 10^-8; a compound tax is
    // taken on what the ones before it make.
    static std::vector<std::int64_t> PartsOf(const std::vector<Applied>& taxes) {
        constexpr std::int64_t kWhole = 100'000'000;
        std::vector<std::int64_t> parts;
        std::int64_t before = 0;
        for (const Applied& applied : taxes) {
            const Decimal rate = applied.charged ? applied.tax->rate : Decimal();
            const Currency unit = *Currency::Parse("JPY");  // whole numbers, rounded once
            const Decimal base(applied.tax->compound ? kWhole + before : kWhole);
            const Money part = Product(base, rate, {1, 100}, unit);
            parts.push_back(part.minor_units());
            before += part.minor_units();
        }
        return parts;
    }

    // Whether something of the line's taxes is no share of what it is on.
    bool HasFixedAmounts(std::size_t index) const {
        return std::any_of(applied_[index].begin(), applied_[index].end(), [](const Applied& each) {
            return each.charged && !(each.tax->per_unit.empty() && each.tax->cap.empty());
        });
    }

    // Of that gross amount: what is left when each tax is its share of the net, and what it is
    // besides. A tax that has reached its cap is that alone.
    Money NetWithin(std::size_t index, const std::vector<bool>& capped) const {
        constexpr std::int64_t kWhole = 100'000'000;
        const TaxableLine& line = question_.lines[index];
        const Currency unit = *Currency::Parse("JPY");  // whole numbers, rounded once
        std::int64_t shares = 0;
        std::int64_t fixed = 0;  // in 10^-8 minor units
        for (std::size_t i = 0; i < applied_[index].size(); ++i) {
            const Applied& applied = applied_[index][i];
            if (!applied.charged) continue;
            const Tax& tax = *applied.tax;
            if (capped[i]) {
                const std::int64_t cap = AmountIn(tax.cap, question_.currency)->minor_units();
                fixed += (line.amount.minor_units() < 0 ? -cap : cap) * kWhole;
                continue;
            }
            const auto of = [&](std::int64_t base) {
                return Product(Decimal(base), tax.rate, {1, 100}, unit).minor_units();
            };
            const std::int64_t fixed_before = tax.compound ? fixed : 0;
            shares += of(tax.compound ? kWhole + shares : kWhole);
            fixed += of(fixed_before) + ForUnits(tax, line).minor_units() * kWhole;
        }
        const Money rest(line.amount.minor_units() * kWhole - fixed, question_.currency);
        return Part(rest, 1, kWhole + shares);
    }

    // Caps are reached one after the other: a tax that stops there leaves more for the others.
    TaxedLine InsideWithFixedAmounts(std::size_t index) const {
        const TaxableLine& line = question_.lines[index];
        std::vector<bool> capped(applied_[index].size(), false);
        for (std::size_t round = 0; round <= capped.size(); ++round) {
            const TaxedLine taxed = OnTopOf(NetWithin(index, capped), index);
            for (std::size_t i = 0; i < capped.size(); ++i) {
                const auto cap = AmountIn(applied_[index][i].tax->cap, question_.currency);
                if (cap && Size(taxed.taxes[i].amount) >= cap->minor_units()) capped[i] = true;
            }
        }
        TaxedLine taxed = OnTopOf(NetWithin(index, capped), index);
        std::vector<Money> amounts;
        std::vector<std::int64_t> weights;
        Money rest = line.amount;
        for (const LineTax& tax : taxed.taxes) {
            amounts.push_back(tax.amount);
            weights.push_back(Size(tax.amount));
            rest = rest - tax.amount;
        }
        if (policies_.inclusive_rounding == Policies::InclusiveRounding::kNet) {
            amounts = Allocate(line.amount - taxed.net, weights);
            rest = taxed.net;
        }
        return Laid(rest, amounts, index);
    }

    TaxedLine Inside(std::size_t index) const {
        if (HasFixedAmounts(index)) return InsideWithFixedAmounts(index);
        constexpr std::int64_t kWhole = 100'000'000;
        const TaxableLine& line = question_.lines[index];
        const std::vector<std::int64_t> parts = PartsOf(applied_[index]);
        std::int64_t all = kWhole;
        for (const std::int64_t part : parts) all += part;
        std::vector<Money> taxes;
        Money net = Part(line.amount, kWhole, all);
        if (policies_.inclusive_rounding == Policies::InclusiveRounding::kNet) {
            taxes = Allocate(line.amount - net, parts);
        } else {
            net = line.amount;
            for (const std::int64_t part : parts) {
                taxes.push_back(Part(line.amount, part, all));
                net = net - taxes.back();
            }
        }
        return Laid(net, taxes, index);
    }

    TaxedLine Laid(const Money& net, const std::vector<Money>& taxes, std::size_t index) const {
        TaxedLine taxed{net, {}};
        Money before(0, question_.currency);
        for (std::size_t i = 0; i < taxes.size(); ++i) {
            const Applied& applied = applied_[index][i];
            LineTax tax = Begin(applied, applied.tax->compound ? net + before : net);
            tax.amount = taxes[i];
            before = before + taxes[i];
            taxed.taxes.push_back(std::move(tax));
        }
        return taxed;
    }

    struct Place {
        std::size_t line;
        std::size_t tax;
    };

    // Each tax is rounded once for the whole document; what that changes goes to its lines.
    void RoundPerDocument() {
        for (const Tax& tax : rules_.taxes) {
            std::vector<Place> places;
            for (std::size_t i = 0; i < applied_.size(); ++i) {
                for (std::size_t t = 0; t < applied_[i].size(); ++t) {
                    const bool plain = rules_.prices_include_tax
                                           ? !HasFixedAmounts(i)
                                           : tax.per_unit.empty() && tax.cap.empty();
                    if (applied_[i][t].tax == &tax && applied_[i][t].charged && plain)
                        places.push_back({i, t});
                }
            }
            for (const std::vector<Place>& alike : Alike(places)) Spread(tax, alike);
        }
    }

    // A tax inside a price is another part of it where other taxes are inside, too: lines are put
    // together only where all of them are the same.
    std::vector<std::vector<Place>> Alike(const std::vector<Place>& places) const {
        std::map<std::pair<std::vector<std::int64_t>, std::size_t>, std::vector<Place>> groups;
        for (const Place& place : places) {
            std::vector<std::int64_t> parts;
            if (rules_.prices_include_tax) parts = PartsOf(applied_[place.line]);
            groups[{parts, parts.empty() ? 0 : place.tax}].push_back(place);
        }
        std::vector<std::vector<Place>> alike;
        for (auto& [parts, group] : groups) alike.push_back(std::move(group));
        return alike;
    }

    // What the document gives back of the same tax at the same rate, and what that was on.
    LineTax GivenBackOf(const Tax& tax, const std::string& category) const {
        const Money nothing(0, question_.currency);
        LineTax sum{tax.code, tax.name, category, tax.rate, nothing, nothing, ""};
        for (const LineTax& back : question_.given_back) {
            if (back.code != tax.code || back.category != category || back.rate != tax.rate)
                continue;
            sum.base = sum.base + back.base;
            sum.amount = sum.amount + back.amount;
        }
        return sum;
    }

    // A tax on `base`, so that it and what is given back of it are, together, rounded once (the
    // tax of a category is its taxable amount times its rate, BR-S-09 of EN 16931).
    Money OnceRounded(const Tax& tax, const Money& base, const Place& place) const {
        const std::vector<Applied>& taxes = applied_[place.line];
        const std::vector<std::int64_t> parts = PartsOf(taxes);
        std::int64_t all = 100'000'000;
        for (const std::int64_t part : parts) all += part;
        const auto of = [&](const Money& amount) {
            return rules_.prices_include_tax ? Part(amount, parts[place.tax], all)
                                             : Percent(amount, tax.rate);
        };
        const LineTax back = GivenBackOf(tax, taxes[place.tax].category);
        // Of several taxes inside a price nobody can tell what was given back of which price.
        if (rules_.prices_include_tax && taxes.size() > 1) return of(base);
        const Money given = rules_.prices_include_tax ? back.base + back.amount : back.base;
        const Money whole = of(base + given) - back.amount;
        const bool turns = (whole.minor_units() < 0) != (base.minor_units() < 0);
        return turns ? of(base) : whole;
    }

    void Spread(const Tax& tax, const std::vector<Place>& places) {
        Money base(0, question_.currency);
        std::vector<std::int64_t> weights;
        for (const Place& place : places) {
            const LineTax& line_tax = answer_.lines[place.line].taxes[place.tax];
            const Money& on =
                rules_.prices_include_tax ? question_.lines[place.line].amount : line_tax.base;
            base = base + on;
            weights.push_back(Size(on));
        }
        const std::vector<Money> amounts =
            Allocate(OnceRounded(tax, base, places.front()), weights);
        for (std::size_t i = 0; i < places.size(); ++i) {
            TaxedLine& line = answer_.lines[places[i].line];
            LineTax& line_tax = line.taxes[places[i].tax];
            const Money change = amounts[i] - line_tax.amount;
            if (rules_.prices_include_tax) line.net = line.net - change;
            for (std::size_t t = places[i].tax + 1; t < line.taxes.size(); ++t) {
                if (applied_[places[i].line][t].tax->compound)
                    line.taxes[t].base = line.taxes[t].base + change;
            }
            line_tax.amount = amounts[i];
        }
    }

    const TaxRules& rules_;
    const Policies& policies_;
    const TaxQuestion& question_;
    std::vector<std::vector<Applied>> applied_;
    billing::TaxAnswer answer_;
};

}  // namespace

bool Jurisdiction::Holds(const billing::Place& place) const {
    return (country.empty() || country == place.country) &&
           (region.empty() || region == place.region) &&
           (postcode_from.empty() || postcode_from <= place.postcode) &&
           (postcode_to.empty() || place.postcode <= postcode_to);
}

Result<billing::TaxAnswer> Calculate(const TaxRules& rules, const billing::Policies& policies,
                                     const billing::TaxQuestion& question) {
    return Calculation(rules, policies, question).Run();
}

}  // namespace livery::taxes
