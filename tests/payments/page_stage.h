#pragma once

#include <filesystem>

#include <gtest/gtest.h>

#include <livery/api/operation.h>
#include <livery/registrar.h>

#include "checkout.h"
#include "view/icu_formatter.h"
#include "view/template_library.h"
#include "view/theme.h"
#include "web/hook_route.h"
#include "web/method_pages.h"
#include "web/pay_pages.h"
#include "web/payment_pages.h"
#include "web/promise_pages.h"

namespace livery::payments::testing {

// Keeps the routes; nothing else is added by pages.
class RouteList final : public Registrar {
 public:
    explicit RouteList(Checkout& checkout) : checkout_(checkout) {}
    void Add(Route route) override { routes.push_back(std::move(route)); }
    void Add(api::Operation) override {}
    void Add(api::Schema) override {}
    void Add(NavItem) override {}
    void Add(Permission) override {}
    void Add(WorkList) override {}
    void Add(Command) override {}
    void Add(DailyJob) override {}
    void Add(RecurringJob) override {}
    void Add(Invariant) override {}
    void AddDemo(DemoGenerator) override {}
    void Add(std::shared_ptr<OverviewSource>) override {}
    const OverviewSources& overviews() override { return overviews_; }
    const std::vector<OwnedWorkList>& work_lists() override { return work_lists_; }
    void Add(std::shared_ptr<TicketSubjectSource>) override {}
    const TicketSubjectSources& ticket_subjects() override { return ticket_subjects_; }
    db::Database& database() override { return checkout_.database; }
    const Clock& clock() override { return checkout_.clock; }
    IdSource& ids() override { return checkout_.ports.ids; }

    std::vector<Route> routes;

 private:
    void AddSettings(SettingsType) override {}
    void ProvidePort(std::string_view, std::shared_ptr<void>) override {}
    void* NeedPort(std::string_view) override { return nullptr; }
    std::function<void*()> AwaitPort(std::string_view) override { return {}; }
    Checkout& checkout_;
    OverviewSources overviews_;
    std::vector<OwnedWorkList> work_lists_;
    TicketSubjectSources ticket_subjects_;
};

class NoOtherWords final : public FormatterSource {
 public:
    std::unique_ptr<const Formatter> FormatterOf(const std::string&) const override {
        return nullptr;
    }
};

// The pages of one account, asked as whoever is signed in asks and read as they are rendered.
class Pages : public ::testing::Test {
 protected:
    Pages() {
        auto settings = std::make_shared<PaymentSettings>();
        settings->instance = "cards";
        checkout_.tenant.plugins.insert("payments");
        checkout_.tenant.settings["payments"] = settings;
        checkout_.tenant.origin = "https://care.example";
        pages_.AddTo(routes_);
        pay_pages_.AddTo(routes_);
        methods_pages_.AddTo(routes_);
        promise_pages_.AddTo(routes_);
        AddHook(routes_, events_);
        visitor_.subject = SubjectOf(checkout_.account);
    }
    const Route& RouteOf(Method method, const std::string& pattern) {
        for (const Route& route : routes_.routes) {
            if (route.method == method && route.pattern == pattern) return route;
        }
        throw std::logic_error("no route " + pattern);
    }
    // A request as whoever is signed in sends it.
    Result<Reply> Ask(Method method, const std::string& pattern, Params path = {},
                      Params form = {}) {
        request_ = Request{.method = method, .path = pattern, .query = query_, .form = form};
        request_.headers = headers_;
        request_.body = body_;
        const view::IcuFormatter format(locale_, "UTC", library_.TextsOf("payments", language()),
                                        view::IcuFormatter::Missing::kThrow);
        const RequestContext context(request_, checkout_.tenant, format, others_, path,
                                     checkout_.clock.Now(), &visitor_);
        return RouteOf(method, pattern).handler(context);
    }
    std::string language() const { return locale_.substr(0, 2); }
    // The page as it is read.
    std::string Shown(const Result<Reply>& reply) {
        if (!reply) return "error: " + reply.error().message;
        if (const auto* redirect = std::get_if<Redirect>(&*reply))
            return "to " + redirect->location;
        if (const auto* response = std::get_if<Response>(&*reply))
            return std::to_string(response->status) + response->body;
        const View& view = std::get<View>(*reply);
        if (view.template_name == "form") return FormText(view);
        std::string out;
        library_.Get({"default", language(), "payments", view.template_name})
            ->Render(ViewModel().Set("icons_url", "i").Set("csrf_token", "c"), view.model, out);
        for (const View::ShownError& error : view.errors) out += "[" + error.text + "]";
        return out;
    }
    static std::string FormText(const View& view) {
        std::string out = view.title;
        for (const View::ShownError& error : view.errors) out += "[" + error.text + "]";
        return out;
    }
    // What stands in the fields of a form that text is typed into.
    static std::vector<std::string> TypedIn(const View& view) {
        std::vector<std::string> typed;
        for (const ViewModel& field : std::get<ViewModel::List>(*view.model.Find("fields")))
            if (field.Text("type") == "text") typed.emplace_back(field.Text("value"));
        return typed;
    }
    std::string Get(const std::string& pattern, Params path = {}) {
        return Shown(Ask(Method::kGet, pattern, std::move(path)));
    }
    std::string Pay(std::vector<std::pair<InvoiceId, std::string>> amounts) {
        Params form;
        for (const auto& [invoice, amount] : amounts) form.Add(invoice.ToString(), amount);
        return Shown(Ask(Method::kPost, "/payments/pay", {}, form));
    }
    static Params Id(const std::string& id) {
        Params path;
        path.Add("id", id);
        return path;
    }

    Checkout checkout_;
    Methods methods_{checkout_.ports};
    Refunds refunds_{checkout_.desk};
    ProviderEvents events_{checkout_.desk, refunds_, methods_};
    Collection collection_{checkout_.start, methods_, checkout_.ports};
    PaymentPages pages_{checkout_.desk};
    PayPages pay_pages_{checkout_.start, methods_, checkout_.ports};
    MethodPages methods_pages_{methods_, collection_};
    PromisePages promise_pages_{collection_.dunning()};
    RouteList routes_{checkout_};
    config::Problems problems_;
    view::TemplateLibrary library_{
        view::LoadThemes(std::filesystem::path(LIVERY_SOURCE_DIR) / "themes", problems_),
        {{"payments", std::filesystem::path(LIVERY_SOURCE_DIR) / "plugins/payments"}},
        problems_};
    NoOtherWords others_;
    Visitor visitor_;
    Request request_;
    Params query_;
    Headers headers_;
    std::string body_;
    std::string locale_ = "en-IE";
};

#define EXPECT_SHOWS(page, words) EXPECT_NE((page).find(words), std::string::npos) << (page)

}  // namespace livery::payments::testing
