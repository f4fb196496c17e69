#include "conformance/check.h"

#include <fmt/format.h>

#include "conformance/waivers.h"

namespace livery::conformance {

std::string_view ToText(Verdict::Kind kind) {
    switch (kind) {
        case Verdict::Kind::kPassed:
            return "passed";
        case Verdict::Kind::kFailed:
            return "failed";
        case Verdict::Kind::kNotApplicable:
            return "not applicable";
        case Verdict::Kind::kNotImplemented:
            return "not implemented";
    }
    return "not implemented";
}

std::string NameOf(const Check& check) { return fmt::format("{}.{}", check.group, check.name); }

Verdict Examine(const Check& check, Shop& shop) {
    if (check.run == nullptr) return {Verdict::Kind::kNotImplemented, ""};
    shop.limit = std::chrono::milliseconds(10'000);
    shop.seen.clear();
    const bool may_be_waived = MayBeWaived(NameOf(check), shop);
    const std::string cannot = shop.provider().Cannot(NameOf(check));
    if (may_be_waived && !cannot.empty()) return {Verdict::Kind::kNotApplicable, cannot, true};
    try {
        check.run(shop);
        return {Verdict::Kind::kPassed, shop.seen};
    } catch (const Waived& why) {
        if (may_be_waived) return {Verdict::Kind::kNotApplicable, why.what(), true};
        return {Verdict::Kind::kFailed, fmt::format("no provider lacks this, but {}", why.what())};
    } catch (const NotApplicable& why) {
        return {Verdict::Kind::kNotApplicable, why.what()};
    } catch (const NotImplemented& why) {
        return {Verdict::Kind::kNotImplemented, why.what()};
    } catch (const std::exception& why) {
        // Whatever was done to the helper must not be held against the next check.
        shop.Crash();
        return {Verdict::Kind::kFailed, why.what()};
    }
}

void Expect(bool so, std::string_view what, const Reply& reply) {
    if (!so) throw Failed(fmt::format("{}: {}", what, reply.Words().substr(0, 600)));
}

void Expect(bool so, const std::string& what) {
    if (!so) throw Failed(what);
}

void Need(const Shop& shop, const char* word) {
    if (!shop.Can(word)) throw NotApplicable(fmt::format("the manifest does not promise {}", word));
}

void NeedCurrency(const Shop& shop, const std::string& currency) {
    if (!shop.Takes(currency))
        throw NotApplicable(fmt::format("the manifest does not take {}", currency));
}

std::string NeedToken(Shop& shop, const std::string& course) {
    const std::string token = shop.provider().Token(course);
    if (token.empty())
        throw Waived(fmt::format("the double of the provider knows no course {}", course));
    return token;
}

}  // namespace livery::conformance
