#include "domain/e_invoice/testing/samples.h"

#include <algorithm>

#include <livery/money/rounding.h>

namespace livery::invoices::e_invoice {

namespace {

void AddTo(std::vector<VatSubtotal>& groups, const VatRate& vat, const Money& amount) {
    const auto same = [&](const VatSubtotal& group) { return group.vat == vat; };
    auto group = std::find_if(groups.begin(), groups.end(), same);
    if (group == groups.end()) {
        VatSubtotal fresh;
        fresh.taxable = Money(0, amount.currency());
        fresh.vat = vat;
        const bool taxed =
            vat.category == VatCategory::kStandard || vat.category == VatCategory::kZeroRated;
        if (!taxed) fresh.exemption_reason = "No VAT is charged";
        group = groups.insert(groups.end(), fresh);
    }
    group->taxable = *group->taxable + amount;
}

}  // namespace

Money Euro(std::int64_t cents) { return {cents, *Currency::Parse("EUR")}; }

Decimal Number(const char* text) { return *Decimal::Parse(text); }

VatRate Rate(VatCategory category) {
    if (category == VatCategory::kOutOfScope) return {category, std::nullopt};
    return {category, category == VatCategory::kStandard ? Decimal(19) : Decimal(0)};
}

Line LineOf(int number, std::int64_t cents, const VatRate& vat) {
    Line line;
    line.id = std::to_string(number);
    line.quantity = Decimal(1);
    line.unit = "C62";
    line.net = Euro(cents);
    line.net_price = Decimal(cents < 0 ? -cents : cents, 2);
    if (cents < 0) line.quantity = Decimal(-1);
    line.vat = vat;
    line.name = "Access " + std::to_string(number);
    return line;
}

AllowanceCharge AdjustmentOf(Adjustment kind, std::int64_t cents, const VatRate& vat) {
    AllowanceCharge adjustment;
    adjustment.kind = kind;
    adjustment.amount = Euro(cents);
    adjustment.vat = vat;
    adjustment.reason = "Agreed";
    return adjustment;
}

EInvoice Draft(const std::vector<VatCategory>& categories) {
    const bool no_vat_ids = std::find(categories.begin(), categories.end(),
                                      VatCategory::kOutOfScope) != categories.end();
    EInvoice invoice;
    invoice.number = "INV-1";
    invoice.issue_date = ParseDate("2026-03-31");
    invoice.type = TypeCode::kInvoice;
    invoice.currency = Currency::Parse("EUR");
    invoice.due_date = ParseDate("2026-04-14");
    invoice.seller.name = "Seller GmbH";
    invoice.seller.legal_id = {"HRB 1", ""};
    invoice.seller.address =
        Address{.line1 = "Weg 1", .city = "Bonn", .postcode = "53111", .country = "DE"};
    invoice.buyer.name = "Buyer SARL";
    invoice.buyer.address = Address{.city = "Paris", .country = "FR"};
    if (!no_vat_ids) {
        invoice.seller.vat_id = "DE123456789";
        invoice.buyer.vat_id = "FR40303265045";
    }
    invoice.delivery = {ParseDate("2026-03-01"), "FR"};
    return invoice;
}

EInvoice Settled(EInvoice invoice) {
    const Money zero(0, *invoice.currency);
    Totals& totals = invoice.totals;
    totals.lines = zero;
    totals.allowances = zero;
    totals.charges = zero;
    invoice.vat.clear();
    for (const Line& line : invoice.lines) {
        totals.lines = *totals.lines + *line.net;
        AddTo(invoice.vat, line.vat, *line.net);
    }
    for (const AllowanceCharge& adjustment : invoice.adjustments) {
        const bool charge = adjustment.kind == Adjustment::kCharge;
        std::optional<Money>& total = charge ? totals.charges : totals.allowances;
        total = *total + *adjustment.amount;
        AddTo(invoice.vat, adjustment.vat, charge ? *adjustment.amount : zero - *adjustment.amount);
    }
    totals.vat = zero;
    for (VatSubtotal& group : invoice.vat) {
        group.tax = Percent(*group.taxable, group.vat.percent.value_or(Decimal()));
        totals.vat = *totals.vat + *group.tax;
    }
    totals.without_vat = *totals.lines - *totals.allowances + *totals.charges;
    totals.with_vat = *totals.without_vat + *totals.vat;
    totals.due = *totals.with_vat - totals.prepaid.value_or(zero) + totals.rounding.value_or(zero);
    return invoice;
}

EInvoice Sample(const std::vector<VatCategory>& categories) {
    EInvoice invoice = Draft(categories);
    int number = 1;
    for (const VatCategory category : categories) {
        invoice.lines.push_back(LineOf(number, 1'000 * number, Rate(category)));
        ++number;
    }
    return Settled(std::move(invoice));
}

EInvoice FullSample() {
    EInvoice invoice = Draft({});
    invoice.tax_point = TaxPoint::kDeliveryDate;
    invoice.buyer_reference = "04011000-12345-34";
    invoice.order_reference = "PO 7";
    invoice.payment_terms = "14 days net";
    invoice.notes = {"First note", "Second <note> & more"};
    invoice.process = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0";
    invoice.preceding = {{"INV-0", ParseDate("2026-02-28")}, {"INV-00", std::nullopt}};
    for (Party* party : {&invoice.seller, &invoice.buyer}) {
        party->trading_name = "Trade " + party->name;
        party->id = {"4000001000005", "0088"};
        party->legal_id = {"HRB 77", "0204"};
        party->electronic_address = {"billing@example.com", "EM"};
        party->address = Address{"Street 1", "Floor 2", "Door 3", "Town", "12345", "Region", "DE"};
        party->contact = {"Ada", "+49 1", "ada@example.com"};
    }
    invoice.seller.tax_registration = "201/113/40209";
    invoice.period = {ParseDate("2026-03-01"), ParseDate("2026-03-31")};
    invoice.payment = PaymentMeans{"58", "INV-1", "DE89370400440532013000", "Seller", "COBADEFF"};
    const VatRate standard = Rate(VatCategory::kStandard);
    Line line = LineOf(1, 9'000, standard);
    line.note = "A note";
    line.quantity = Number("7.5");
    line.net_price = Number("13.333333");
    line.period = invoice.period;
    line.adjustments = {AdjustmentOf(Adjustment::kAllowance, 1'100, {}),
                        AdjustmentOf(Adjustment::kCharge, 100, {})};
    line.adjustments[0].reason_code = "95";
    line.description = "Quick and steady";
    line.seller_item_id = "SKU 1";
    line.attributes = {{"Colour", "green"}, {"Speed", "1 Gbit/s"}};
    invoice.lines = {line, LineOf(2, 5'000, {VatCategory::kStandard, Number("7")}),
                     LineOf(3, 2'500, Rate(VatCategory::kExempt))};
    invoice.adjustments = {AdjustmentOf(Adjustment::kAllowance, 900, standard),
                           AdjustmentOf(Adjustment::kCharge, 250, standard)};
    invoice.adjustments[0].base = Euro(9'000);
    invoice.adjustments[0].percent = Decimal(10);
    invoice.totals.prepaid = Euro(1'000);
    invoice.totals.rounding = Euro(-2);
    invoice = Settled(std::move(invoice));
    invoice.vat[2].exemption_code = "VATEX-EU-132";
    return invoice;
}

}  // namespace livery::invoices::e_invoice
