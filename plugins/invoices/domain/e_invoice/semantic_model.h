#pragma once

#include <optional>
#include <string>
#include <vector>

#include <livery/money/decimal.h>
#include <livery/money/money.h>
#include <livery/time/instant.h>

// The core invoice of EN 16931-1 as values. What is empty or absent is not written; the rules
// (rules.h) say what may be absent. Days are inclusive on both ends, as the standard has them.
namespace livery::invoices::e_invoice {

enum class TypeCode { kInvoice = 380, kCreditNote = 381 };  // BT-3, of UNTDID 1001

// UNCL 5305, as far as the standard admits it for VAT: BT-95, BT-102, BT-118, BT-151.
enum class VatCategory {
    kStandard,        // S
    kZeroRated,       // Z
    kExempt,          // E
    kReverseCharge,   // AE
    kIntraCommunity,  // K
    kExport,          // G
    kOutOfScope,      // O
};

// BT-8, when VAT becomes due.
enum class TaxPoint { kIssueDate, kDeliveryDate, kPaymentDate };

struct Identifier {
    std::string value;
    std::string scheme;  // ISO 6523 ICD or EAS code; may be empty
    bool operator==(const Identifier&) const = default;
};

struct Address {              // BG-5, BG-8
    std::string line1;        // BT-35, BT-50
    std::string line2;        // BT-36, BT-51
    std::string line3;        // BT-162, BT-163
    std::string city;         // BT-37, BT-52
    std::string postcode;     // BT-38, BT-53
    std::string subdivision;  // BT-39, BT-54
    std::string country;      // BT-40, BT-55: ISO 3166-1 alpha-2
    bool operator==(const Address&) const = default;
};

struct Contact {        // BG-6, BG-9
    std::string name;   // BT-41, BT-56
    std::string phone;  // BT-42, BT-57
    std::string email;  // BT-43, BT-58
    bool operator==(const Contact&) const = default;
};

struct Party {                       // BG-4 the seller, BG-7 the buyer
    std::string name;                // BT-27, BT-44
    std::string trading_name;        // BT-28, BT-45
    Identifier id;                   // BT-29, BT-46
    Identifier legal_id;             // BT-30, BT-47
    std::string vat_id;              // BT-31, BT-48: with its country prefix
    std::string tax_registration;    // BT-32: the seller's only
    Identifier electronic_address;   // BT-34, BT-49
    std::optional<Address> address;  // BG-5, BG-8
    Contact contact;                 // BG-6, BG-9
    bool operator==(const Party&) const = default;
};

struct Span {                  // BG-14, BG-26
    std::optional<Date> from;  // BT-73, BT-134
    std::optional<Date> to;    // BT-74, BT-135: the last day
    bool operator==(const Span&) const = default;
};

struct Delivery {              // BG-13
    std::optional<Date> date;  // BT-72
    std::string country;       // BT-80
    bool operator==(const Delivery&) const = default;
};

struct PrecedingInvoice {            // BG-3
    std::string number;              // BT-25
    std::optional<Date> issue_date;  // BT-26
    bool operator==(const PrecedingInvoice&) const = default;
};

struct PaymentMeans {          // BG-16
    std::string type_code;     // BT-81: UNTDID 4461, 30 credit transfer, 58 SEPA
    std::string remittance;    // BT-83
    std::string account;       // BT-84: IBAN
    std::string account_name;  // BT-85
    std::string bic;           // BT-86
    bool operator==(const PaymentMeans&) const = default;
};

struct VatRate {
    std::optional<VatCategory> category;  // BT-95, BT-102, BT-151
    std::optional<Decimal> percent;       // BT-96, BT-103, BT-152: 19 is 19 %
    bool operator==(const VatRate&) const = default;
};

enum class Adjustment { kAllowance, kCharge };

struct AllowanceCharge {  // BG-20, BG-21; of a line BG-27, BG-28
    Adjustment kind = Adjustment::kAllowance;
    std::optional<Money> amount;     // BT-92, BT-99; BT-136, BT-141
    std::optional<Money> base;       // BT-93, BT-100; BT-137, BT-142
    std::optional<Decimal> percent;  // BT-94, BT-101; BT-138, BT-143
    VatRate vat;                     // of the document's only; a line's follow the line
    std::string reason;              // BT-97, BT-104; BT-139, BT-144
    std::string reason_code;         // BT-98, BT-105; BT-140, BT-145
    bool operator==(const AllowanceCharge&) const = default;
};

struct Totals {                        // BG-22
    std::optional<Money> lines;        // BT-106
    std::optional<Money> allowances;   // BT-107
    std::optional<Money> charges;      // BT-108
    std::optional<Money> without_vat;  // BT-109
    std::optional<Money> vat;          // BT-110
    std::optional<Money> with_vat;     // BT-112
    std::optional<Money> prepaid;      // BT-113
    std::optional<Money> rounding;     // BT-114
    std::optional<Money> due;          // BT-115
    bool operator==(const Totals&) const = default;
};

struct VatSubtotal {               // BG-23
    std::optional<Money> taxable;  // BT-116
    std::optional<Money> tax;      // BT-117
    VatRate vat;                   // BT-118, BT-119
    std::string exemption_reason;  // BT-120
    std::string exemption_code;    // BT-121: VATEX
    bool operator==(const VatSubtotal&) const = default;
};

struct ItemAttribute {  // BG-32
    std::string name;   // BT-160
    std::string value;  // BT-161
    bool operator==(const ItemAttribute&) const = default;
};

struct Line {                                  // BG-25
    std::string id;                            // BT-126
    std::string note;                          // BT-127
    std::optional<Decimal> quantity;           // BT-129
    std::string unit;                          // BT-130: UN/ECE Recommendation 20, C62 is "one"
    std::optional<Money> net;                  // BT-131
    Span period;                               // BG-26
    std::vector<AllowanceCharge> adjustments;  // BG-27, BG-28; already within `net`
    std::optional<Decimal> net_price;          // BT-146: may be finer than the minor unit
    VatRate vat;                               // BG-30
    std::string name;                          // BT-153
    std::string description;                   // BT-154
    std::string seller_item_id;                // BT-155
    std::vector<ItemAttribute> attributes;     // BG-32
    bool operator==(const Line&) const = default;
};

struct EInvoice {
    std::string number;                                     // BT-1
    std::optional<Date> issue_date;                         // BT-2
    std::optional<TypeCode> type;                           // BT-3
    std::optional<Currency> currency;                       // BT-5: of every amount
    std::optional<Date> tax_point_date;                     // BT-7
    std::optional<TaxPoint> tax_point;                      // BT-8
    std::optional<Date> due_date;                           // BT-9
    std::string buyer_reference;                            // BT-10
    std::string order_reference;                            // BT-13
    std::string payment_terms;                              // BT-20
    std::vector<std::string> notes;                         // BT-22
    std::string process;                                    // BT-23
    std::string specification = "urn:cen.eu:en16931:2017";  // BT-24
    std::vector<PrecedingInvoice> preceding;                // BG-3
    Party seller;                                           // BG-4
    Party buyer;                                            // BG-7
    Delivery delivery;                                      // BG-13
    Span period;                                            // BG-14
    std::optional<PaymentMeans> payment;                    // BG-16
    std::vector<AllowanceCharge> adjustments;               // BG-20, BG-21
    Totals totals;                                          // BG-22
    std::vector<VatSubtotal> vat;                           // BG-23
    std::vector<Line> lines;                                // BG-25
    bool operator==(const EInvoice&) const = default;
};

}  // namespace livery::invoices::e_invoice
