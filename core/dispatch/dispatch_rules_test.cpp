#include <atomic>
#include <map>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "dispatch/access_rules.h"
#include "dispatch/content_policy.h"
#include "dispatch/cookies.h"
#include "dispatch/csrf.h"
#include "dispatch/local_path.h"
#include "dispatch/localization.h"
#include "dispatch/page_cache.h"
#include "dispatch/route_table.h"

namespace livery::dispatch {
namespace {

Request From(const char* header, const char* value, bool secure = false) {
    Request request;
    request.headers.Add("Host", "harbor.localhost:8080");
    if (header != nullptr) request.headers.Add(header, value);
    request.secure = secure;
    return request;
}

TEST(ComesFromThisHost, WantsSchemeHostAndPort) {
    EXPECT_TRUE(ComesFromThisHost(From("Origin", "http://harbor.localhost:8080")));
    EXPECT_FALSE(ComesFromThisHost(From("Origin", "https://harbor.localhost:8080")));
    EXPECT_FALSE(ComesFromThisHost(From("Origin", "http://harbor.localhost")));
    EXPECT_FALSE(ComesFromThisHost(From("Origin", "http://lumen.localhost:8080")));
    EXPECT_FALSE(ComesFromThisHost(From("Origin", "null")));
    EXPECT_FALSE(ComesFromThisHost(From(nullptr, nullptr)));
}

TEST(ComesFromThisHost, TakesARefererOfThisHostOnly) {
    EXPECT_TRUE(ComesFromThisHost(From("Referer", "http://harbor.localhost:8080/sign-in")));
    EXPECT_FALSE(ComesFromThisHost(From("Referer", "http://harbor.localhost:80801/sign-in")));
}

TEST(FormToken, BelongsToOneTenantAndOneBrowser) {
    const std::string key(32, 'k');
    EXPECT_EQ(FormToken(key, "harbor", "abc"), FormToken(key, "harbor", "abc"));
    EXPECT_NE(FormToken(key, "harbor", "abc"), FormToken(key, "lumen", "abc"));
    EXPECT_NE(FormToken(key, "harbor", "abc"), FormToken(key, "harbor", "abd"));
    EXPECT_FALSE(SameToken("", ""));
}

TEST(ChooseLocale, PrefersTheChoiceThenTheBrowserThenTheTenant) {
    const std::vector<std::string> offered{"de-DE", "en-IE"};
    EXPECT_EQ(ChooseLocale(offered, "en", "de"), "en-IE");
    EXPECT_EQ(ChooseLocale(offered, "fr", "fr;q=1, en-US;q=0.8, de;q=0.9"), "de-DE");
    EXPECT_EQ(ChooseLocale(offered, "", "en;q=0"), "de-DE");
    EXPECT_EQ(ChooseLocale(offered, "", ",,;q=x, EN"), "en-IE");
}

// Every access at every stage, in both realms: what is open, and where all others are sent.
TEST(Elsewhere, OpensAPageToThoseItIsForAndNobodyElse) {
    const std::optional<Stage> nobody;
    const std::optional<Stage> stages[]{nobody, Stage::kWhole, Stage::kSecondFactorDue,
                                        Stage::kEnrolmentDue};
    const auto open_to = [](Access access, std::optional<Stage> stage) {
        switch (access) {
            case Access::kPublic:
            case Access::kProvesItself:
                return true;
            case Access::kAnonymous:
                return stage != Stage::kWhole;
            case Access::kSecondFactor:
                return stage == Stage::kSecondFactorDue;
            case Access::kEnrolment:
                return stage == Stage::kEnrolmentDue;
            default:
                return stage == Stage::kWhole;
        }
    };
    const std::map<std::optional<Stage>, std::string> way_on{
        {nobody, "/sign-in"},
        {Stage::kWhole, ""},
        {Stage::kSecondFactorDue, "/sign-in/code"},
        {Stage::kEnrolmentDue, "/sign-in/set-up"}};
    for (const Realm realm : {Realm::kPortal, Realm::kConsole}) {
        const std::string base = realm == Realm::kConsole ? "/console" : "";
        for (const Access access : {Access::kPublic, Access::kAnonymous, Access::kSecondFactor,
                                    Access::kEnrolment, Access::kSignedIn, Access::kProvesItself}) {
            for (const auto& stage : stages) {
                const auto sent = Elsewhere(access, realm, stage, "");
                EXPECT_EQ(!sent, open_to(access, stage));
                const std::string expected = base + way_on.at(stage);
                EXPECT_EQ(sent.value_or("/"), sent && !expected.empty() ? expected : "/");
            }
        }
    }
}

TEST(Elsewhere, RemembersWhereStrangersWantedToGo) {
    const auto sent = [](Realm realm, std::optional<Stage> stage, const char* path) {
        return Elsewhere(Access::kSignedIn, realm, stage, path).value_or("open");
    };
    EXPECT_EQ(sent(Realm::kPortal, std::nullopt, "/invoices"), "/sign-in?next=/invoices");
    EXPECT_EQ(sent(Realm::kConsole, std::nullopt, "/console/staff"),
              "/console/sign-in?next=/console/staff");
    EXPECT_EQ(sent(Realm::kPortal, std::nullopt, "/"), "/sign-in") << "home is where one goes";
    EXPECT_EQ(sent(Realm::kConsole, std::nullopt, "/console"), "/console/sign-in");
    EXPECT_EQ(sent(Realm::kConsole, Stage::kEnrolmentDue, "/console/staff"),
              "/console/sign-in/set-up");
}

TEST(RouteTable, ServesTheConsoleToTenantsThatHaveIt) {
    Route home;
    home.pattern = "/console";
    Route login;
    login.pattern = "/console/sign-in";
    Route portal;
    portal.pattern = "/sign-in";
    const RouteTable table({{"console", home}, {"accounts", login}, {"accounts", portal}});
    Tenant tenant{.id = TenantId("harbor"), .currency = *Currency::Parse("EUR")};
    tenant.plugins = {"accounts"};
    EXPECT_FALSE(table.Serves(tenant, table.row(0)));
    EXPECT_FALSE(table.Serves(tenant, table.row(1))) << "nobody works there";
    EXPECT_TRUE(table.Serves(tenant, table.row(2)));
    tenant.plugins.insert("console");
    EXPECT_TRUE(table.Serves(tenant, table.row(1)));
}

TEST(LocalPathOr, TakesOnlyPathsOfThisHost) {
    EXPECT_EQ(LocalPathOr("/subscriptions?state=active", "/"), "/subscriptions?state=active");
    for (const char* path : {"//evil.example", "/\\evil.example", "https://evil.example", "",
                             "/a\r\nSet-Cookie: x=1", "/ä", "/\t/evil.example", "/a b"}) {
        EXPECT_EQ(LocalPathOr(path, "/"), "/") << path;
    }
}

TEST(SetCookie, IsLockedToTheHostOverTls) {
    EXPECT_EQ(SetCookie(Cookie::kSession, "t", -1, true),
              "__Host-session=t; Path=/; HttpOnly; SameSite=Lax; Secure");
    EXPECT_EQ(SetCookie(Cookie::kNotice, "", 0, false),
              "notice=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
}

TEST(PageCache, DropsTheLeastRecentlyUsed) {
    PageCache cache(3 * (1 + 100 + 128));
    const auto page = std::make_shared<const std::string>(100, 'x');
    for (const char* key : {"a", "b", "c"}) cache.Keep(key, page);
    cache.Find("a");
    cache.Keep("d", page);
    EXPECT_TRUE(cache.Find("a"));
    EXPECT_FALSE(cache.Find("b"));
    EXPECT_LE(cache.bytes(), 3U * 229U);
}

TEST(PageCache, ThreadsThatKeepAndFindNeverSeeMoreThanItsRoom) {
    constexpr std::size_t kRoom = 20 * (2 + 100 + 128);
    PageCache cache(kRoom);
    const auto page = std::make_shared<const std::string>(100, 'x');
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&] {
            for (int n = 0; n < 2'000; ++n) {
                const std::string key = std::to_string(10 + n % 50);
                cache.Keep(key, page);
                const auto found = cache.Find(key);
                if ((found && found->size() != 100) || cache.bytes() > kRoom) ++wrong;
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(wrong, 0);
}

TEST(ContentPolicy, LetsAFormPostWhereItIsToldAndOnFromThere) {
    const auto forms = [](std::string_view posts_to) {
        const std::string policy = ContentPolicy(posts_to);
        const auto from = policy.find("form-action");
        return policy.substr(from, policy.find(';', from) - from);
    };
    EXPECT_EQ(forms(""), "form-action 'self'");
    EXPECT_EQ(forms("https://bank.example/3ds?a=1"), "form-action 'self' https:");
    EXPECT_EQ(forms("http://127.0.0.1:99/x"), "form-action 'self' http://127.0.0.1:99");
    EXPECT_EQ(forms("https://x; script-src *"), "form-action 'self'");
    EXPECT_EQ(forms("https://a.example b.example/"), "form-action 'self'");
}

}  // namespace
}  // namespace livery::dispatch
