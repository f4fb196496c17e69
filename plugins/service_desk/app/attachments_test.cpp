#include "app/attachments.h"

#include <csignal>
#include <fstream>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <livery/utf8.h>

#include "domain/desk.h"
#include "testing/running_clamd.h"
#include "testing/sample_files.h"

namespace livery::service_desk {
namespace {

class CountedIds final : public IdSource {
 public:
    Uuid Next() override { return MakeUuidV7(++count_, {}); }

 private:
    std::uint64_t count_ = 0;
};

class KeptLog final : public OperatorLog {
 public:
    void Warn(std::string_view event, std::initializer_list<Field> fields) override {
        lines += std::string(event);
        for (const Field& field : fields) lines += " " + std::string(field.value);
        lines += "\n";
    }
    std::string lines;
};

class AttachmentsTest : public ::testing::Test {
 protected:
    void Take(AttachmentRules rules) {
        auto desk = std::make_shared<Desk>();
        desk->attachments = std::move(rules);
        tenant_.settings["service_desk"] = desk;
    }
    // The key of the error; "" = kept.
    std::string ErrorOf(const std::vector<Upload>& uploads) {
        const auto kept = attachments_.Keep(tenant_, uploads);
        if (kept) return "";
        EXPECT_EQ(kept.error().fields.at(0).field, "files");
        return kept.error().fields.at(0).message;
    }
    std::size_t Count() const {
        std::size_t count = 0;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_.path()))
            if (entry.is_regular_file()) ++count;
        return count;
    }

    testing::Folder folder_;
    AttachmentFiles files_{folder_.path()};
    CountedIds ids_;
    KeptLog log_;
    Tenant tenant_{.id = TenantId("harbor"), .currency = *Currency::Parse("EUR")};
    Attachments attachments_{{files_, ids_, log_}};
};

TEST_F(AttachmentsTest, WhatIsKeptIsFoundUnderItsHash) {
    Take({});
    const auto kept = attachments_.Keep(
        tenant_, {{"../My photo.exe", testing::Png()}, {"a.txt", "abc"}, {"b.txt", "abc"}});
    ASSERT_TRUE(kept);
    ASSERT_EQ(kept->size(), 3U);
    EXPECT_EQ((*kept)[0].name, "My photo.exe.png");
    EXPECT_EQ((*kept)[0].mime_type, "image/png");
    EXPECT_EQ((*kept)[0].size, std::ssize(testing::Png()));
    EXPECT_EQ((*kept)[1].sha256,
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_NE((*kept)[1].id, (*kept)[2].id);
    EXPECT_EQ(Count(), 2U) << "the same content is one file";
    EXPECT_EQ(attachments_.Content(tenant_, (*kept)[0]).value(), testing::Png());
    EXPECT_TRUE(attachments_.Keep(tenant_, {}).value().empty());
}

TEST_F(AttachmentsTest, NothingIsKeptOfWhatIsRefused) {
    Take({2, 100, ""});
    const Upload good{"a.txt", "abc"};
    EXPECT_EQ(ErrorOf({good, good, good}), "error.files_many");
    EXPECT_EQ(ErrorOf({good, {"b.txt", ""}}), "error.file_empty");
    EXPECT_EQ(ErrorOf({good, {"b.txt", std::string(101, 'x')}}), "error.file_large");
    EXPECT_EQ(ErrorOf({good, {"b.png", "<script>alert(1)</script>"}}), "error.file_kind");
    EXPECT_EQ(ErrorOf({good, {"b.txt", "card 5105 1051 0510 5100"}}), "error.file_card");
    EXPECT_EQ(ErrorOf({good, {"5105105105105100.txt", "mine"}}), "error.file_card");
    EXPECT_EQ(Count(), 0U);
    EXPECT_EQ(ErrorOf({{"b.txt", std::string(100, 'x')}}), "");
    Take({0, 100, ""});
    EXPECT_EQ(ErrorOf({good}), "error.files_many");
}

TEST_F(AttachmentsTest, TheScannerRefusesEicar) {
    if (!testing::RunningClamd::IsInstalled()) GTEST_SKIP() << "no clamd on this machine";
    const testing::RunningClamd running;
    Take({5, 10'000'000, running.socket()});
    EXPECT_EQ(ErrorOf({{"a.txt", "abc"}, {"eicar.txt", testing::Eicar()}}), "error.file_infected");
    EXPECT_EQ(Count(), 0U);
    EXPECT_NE(log_.lines.find("attachment.infected harbor Eicar-Test"), std::string::npos)
        << log_.lines;
    EXPECT_EQ(ErrorOf({{"a.txt", "abc"}}), "");
    Take({});
    EXPECT_EQ(ErrorOf({{"eicar.txt", testing::Eicar()}}), "") << "a tenant without a scanner";
}

TEST_F(AttachmentsTest, WithoutAnAnswerOfTheScannerNothingIsLetThrough) {
    Take({5, 10'000'000, (folder_.path() / "no-clamd").string()});
    EXPECT_EQ(ErrorOf({{"a.txt", "abc"}}), "error.files_unchecked");
    EXPECT_EQ(Count(), 0U);
    EXPECT_EQ(log_.lines, "attachment.unchecked harbor No such file or directory\n");
}

TEST_F(AttachmentsTest, AFullDiskIsSaidAndKeepsNothing) {
    Take({});
    ::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    ::getrlimit(RLIMIT_FSIZE, &before);
    const rlimit full{4096, before.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &full);
    const std::string key = ErrorOf({{"a.txt", std::string(10'000, 'x')}});
    ::setrlimit(RLIMIT_FSIZE, &before);
    EXPECT_EQ(key, "error.files_not_kept");
    EXPECT_EQ(Count(), 0U);
    EXPECT_NE(log_.lines.find("attachment.not_kept harbor"), std::string::npos) << log_.lines;
}

TEST_F(AttachmentsTest, AFileThatIsGoneIsSaidToTheOperator) {
    Take({});
    const auto kept = attachments_.Keep(tenant_, {{"a.txt", "abc"}}).value();
    std::filesystem::remove_all(folder_.path() / "harbor");
    EXPECT_EQ(attachments_.Content(tenant_, kept[0]).error().code, ErrorCode::kUnavailable);
    EXPECT_EQ(log_.lines, "attachment.missing harbor " + kept[0].sha256 + "\n");
}

}  // namespace
}  // namespace livery::service_desk
