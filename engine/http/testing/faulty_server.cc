// Copyright 2026 The narrdiff Authors
// SPDX-License-Identifier: Apache-2.0
#include "engine/http/testing/faulty_server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

#include "gtest/gtest.h"

namespace narrdiff {
namespace {

// In the folder that tests run in.
constexpr char kScript[] = "engine/http/testing/faulty_server.py";

std::string ReadAll(int file) {
  std::string all;
  char piece[4096];
  for (ssize_t got = read(file, piece, sizeof(piece)); got > 0; got = read(file, piece, sizeof(piece))) {
    all.append(piece, static_cast<size_t>(got));
  }
  return all;
}

std::string ReadLine(int file) {
  std::string line;
  for (char c = 0; read(file, &c, 1) == 1 && c != '\n';) line += c;
  return line;
}

}  // namespace

FaultyServer::FaultyServer() {
  int in[2], out[2];
  if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0) {
    ADD_FAILURE() << "no pipes";
    return;
  }
  process_ = fork();
  if (process_ == 0) {
    dup2(in[0], STDIN_FILENO);
    dup2(out[1], STDOUT_FILENO);
    execlp("python3", "python3", kScript, nullptr);
    _exit(127);
  }
  close(in[0]);
  close(out[1]);
  in_ = in[1];
  port_ = std::atoi(ReadLine(out[0]).c_str());
  close(out[0]);
  EXPECT_GT(port_, 0) << kScript << " did not start";
}

FaultyServer::~FaultyServer() { Stop(); }

void FaultyServer::Stop() {
  if (in_ < 0) return;
  close(in_);
  in_ = -1;
  waitpid(process_, nullptr, 0);
}

std::string FaultyServer::Url(std::string_view way) const {
  return "http://127.0.0.1:" + std::to_string(port_) + "/" + std::string(way);
}

std::string FaultyServer::Log() const {
  const int connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port_));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  constexpr std::string_view kRequest = "GET /log HTTP/1.0\r\n\r\n";
  std::string answer;
  if (connect(connection, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0 &&
      write(connection, kRequest.data(), kRequest.size()) == static_cast<ssize_t>(kRequest.size())) {
    answer = ReadAll(connection);
  }
  close(connection);
  const size_t head = answer.find("\r\n\r\n");
  return head == std::string::npos ? "" : answer.substr(head + 4);
}

}  // namespace narrdiff
