#include <livery/money/currency.h>

namespace livery {

namespace {

// ISO 4217 list one (2025), by number of minor digits. Every code is followed by a blank.
constexpr std::string_view kNone =
    "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF ";
constexpr std::string_view kTwo =
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP "
    "BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP "
    "GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW "
    "KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR "
    "MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR "
    "SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS "
    "UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG ";
constexpr std::string_view kThree = "BHD IQD JOD KWD LYD OMR TND ";

bool Holds(std::string_view list, std::string_view code) {
    for (std::size_t at = 0; at + 4 <= list.size(); at += 4) {
        if (list.substr(at, 3) == code) return true;
    }
    return false;
}

}  // namespace

Currency::Currency(std::string_view code, int minor_digits)
    : code_{code[0], code[1], code[2]}, minor_digits_(minor_digits) {}

std::optional<Currency> Currency::Parse(std::string_view code) {
    if (code.size() != 3) return std::nullopt;
    if (Holds(kTwo, code)) return Currency(code, 2);
    if (Holds(kNone, code)) return Currency(code, 0);
    if (Holds(kThree, code)) return Currency(code, 3);
    return std::nullopt;
}

}  // namespace livery
